using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ModelGate.Html.Tests.Browser))]

namespace ModelGate.Html.Tests;

/// <summary>One Chromium for all tests. Where the machine has none, the tests that look at pages are skipped and say so; one that is named must start.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string PathVariable = "MODELGATE_CHROMIUM";

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-html-").FullName;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string missing = "";

    public async ValueTask InitializeAsync()
    {
        var named = Environment.GetEnvironmentVariable(PathVariable);
        var path = new[] { named, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        if (path is null)
        {
            missing = $"there is no Chromium here, and {PathVariable} names none: run build/browser-tests.sh";
            return;
        }

        try
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
            });
        }
        catch (PlaywrightException fault) when (named is null)
        {
            missing = $"{path} does not start: {fault.Message.Split('\n')[0]}";
        }
    }

    /// <summary>Opens a report from a file, as who double-clicks it does.</summary>
    internal async Task<OpenPage> OpenAsync(string html, int width = 1200, bool dark = false, bool bypassPolicy = false)
    {
        Assert.SkipWhen(browser is null, missing);
        var file = Path.Combine(folder, Path.GetRandomFileName() + ".html");
        await File.WriteAllTextAsync(file, html, TestContext.Current.CancellationToken);
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            BypassCSP = bypassPolicy,
        });
        return await OpenPage.OfAsync(context, new Uri(file).AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
