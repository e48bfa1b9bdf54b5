using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ModelGate.Reports.Html;
using ModelGate.Runs;

namespace ModelGate.Html.Tests;

/// <summary>The page of all runs.</summary>
public class RunsPageTests(Browser browser)
{
    // 500 runs of 200 numbers.
    private static readonly string Large = Html([Model("voices/anna", 500, 200)]);

    private static readonly string Hostile = Html([.. Reports.Hostile.Select(text => Model(text, 7, 3, text))]);

    [Fact]
    public async Task Five_hundred_runs_of_two_hundred_numbers_open_within_two_seconds()
    {
        Encoding.UTF8.GetByteCount(Large).Should().BeLessThan(5_000_000);
        await using var open = await browser.OpenAsync(Large);
        (await open.Page.Locator("svg.spark").CountAsync()).Should().Be(200);
        open.Noise.Should().BeEmpty();
        (await open.QuickestOpeningAsync()).Should().BeLessThan(2000);
    }

    [Theory]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    [InlineData(360, false)]
    public async Task Draws_every_number_and_fits_the_screen(int width, bool dark)
    {
        await using var open = await browser.OpenAsync(Html([Model("a", 30, 5), Model("b", 1, 5)]), width, dark);
        foreach (var summary in await open.Page.Locator("details > summary").AllAsync())
        {
            await summary.ClickAsync();
        }

        foreach (var spark in await open.Page.Locator("svg.spark").AllAsync())
        {
            (await open.ColoursOfAsync(spark)).Should().BeGreaterThan(5);
        }

        (await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")).Should().BeTrue();
    }

    [Fact]
    public async Task Text_of_a_history_is_text()
    {
        await using var open = await browser.OpenAsync(Hostile);

        open.Noise.Should().BeEmpty();
        (await open.Page.TitleAsync()).Should().Be("Runs · ModelGate");
        (await open.Page.Locator("script, iframe, object, embed, link, img").CountAsync()).Should().Be(0);
        Document(Hostile).Descendants().SelectMany(e => e.Attributes()).Should().NotContain(a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        (await open.Page.Locator("table.runs tbody tr").CountAsync()).Should().Be(Reports.Hostile.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_finds_nothing(bool dark)
    {
        await using var open = await browser.OpenAsync(Html([Model("a", 30, 5), Model("b", 1, 5)]), 1200, dark, bypassPolicy: true);
        foreach (var summary in await open.Page.Locator("details > summary").AllAsync())
        {
            await summary.ClickAsync();
        }

        (await open.SeriousViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public void What_fails_is_first_and_equal_input_gives_equal_bytes()
    {
        var (passed, failed) = (Model("a", 3, 2, verdict: Verdict.Passed), Model("b", 3, 2, verdict: Verdict.Failed));

        Html([passed, failed]).Should().Be(Html([failed, passed]));
        Document(Html([passed, failed])).Descendants("th").Where(t => (string?)t.Attribute("scope") == "row").Take(2).Select(t => t.Value).Should().Equal("b", "a");
    }

    private static XDocument Document(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static string Html(IReadOnlyList<ModelHistory> models)
    {
        using var output = new MemoryStream();
        RunsPage.Write(models, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static ModelHistory Model(string name, int runs, int numbers, string? text = null, Verdict? verdict = null)
    {
        var random = new Random(3);
        HistoryEntry[] entries = [.. Enumerable.Range(0, runs).Select(r => new HistoryEntry(
            r,
            new BaselineModel(SafeText.From(name), [], [.. Enumerable.Range(0, numbers).Select(i => new BaselineValue(
                text is null ? string.Create(CultureInfo.InvariantCulture, $"signal-{i}") : SafeText.From(text).Value + i, SafeText.From(text ?? "output audio/a.wav"), Math.Sin((r / 20.0) + i) + random.NextDouble(), i % 2 == 0 ? Better.Lower : Better.Higher))])
            {
                Verdict = verdict ?? (Verdict)(r % 3),
                Stopped = r % 3 == 0 ? [] : [text is null ? "MG5001" : SafeText.From(text).Value],
            },
            new RunSummary(new RunOrigin { Name = SafeText.From(text ?? "nightly"), Commit = SafeText.From("0123456789abcdef") }, Verdict.Passed)))];
        return new ModelHistory(SafeText.From(name), entries, runs);
    }
}
