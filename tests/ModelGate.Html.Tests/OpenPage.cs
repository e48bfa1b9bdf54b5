using Microsoft.Playwright;

namespace ModelGate.Html.Tests;

/// <summary>A page in the browser, and what went on while it was opened.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    // A drawing has an axis, a curve and text in at least these many shades; an empty one has the background alone.
    private const string CountColours = """
        async data => {
          const image = new Image();
          image.src = 'data:image/png;base64,' + data;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
        }
        """;

    private const string AxeVariable = "MODELGATE_AXE";

    private readonly IBrowserContext context;

    private OpenPage(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>What the console says, and every request but that for the file itself.</summary>
    public List<string> Noise { get; } = [];

    public static async Task<OpenPage> OfAsync(IBrowserContext context, string address)
    {
        var open = new OpenPage(context, await context.NewPageAsync());
        open.Page.Console += (_, message) => open.Noise.Add($"{message.Type}: {message.Text}");
        open.Page.PageError += (_, error) => open.Noise.Add(error);
        open.Page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:image/png", StringComparison.Ordinal))
            {
                open.Noise.Add("request: " + request.Url);
            }
        };
        await open.Page.GotoAsync(address);
        return open;
    }

    /// <summary>The number of colours that an element shows.</summary>
    public async Task<int> ColoursOfAsync(ILocator element)
    {
        var picture = await element.ScreenshotAsync(new LocatorScreenshotOptions { Caret = ScreenshotCaret.Initial });
        var blank = await context.NewPageAsync();
        var colours = await blank.EvaluateAsync<int>(CountColours, Convert.ToBase64String(picture));
        await blank.CloseAsync();
        return colours;
    }

    /// <summary>The rules of accessibility that axe-core finds broken, those alone that are serious. The page has to be opened without its policy.</summary>
    public async Task<string[]> SeriousViolationsAsync()
    {
        var axe = Environment.GetEnvironmentVariable(AxeVariable);
        Assert.SkipWhen(axe is null, $"{AxeVariable} names no axe.min.js: run build/browser-tests.sh");
        await Page.EvaluateAsync(await File.ReadAllTextAsync(axe!, TestContext.Current.CancellationToken));
        return await Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes[0].html)");
    }

    /// <summary>In how many ms the page opens, the best of three: what else the machine is busy with is not the page's fault.</summary>
    public async Task<double> QuickestOpeningAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            await Page.ReloadAsync();
            times.Add(await Page.EvaluateAsync<double>("() => performance.getEntriesByType('navigation')[0].loadEventEnd"));
        }

        TestContext.Current.SendDiagnosticMessage("the page opened in {0:0} ms", times.Min());
        return times.Min();
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
