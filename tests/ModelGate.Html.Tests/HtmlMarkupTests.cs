using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ModelGate.Runs;

namespace ModelGate.Html.Tests;

public class HtmlMarkupTests
{
    public static TheoryData<string> Pages => ["lexi", "lexi-fixed", "grc", "many", "hostile"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Is_well_formed_and_loads_nothing(string page)
    {
        var html = Parse(Of(page));
        html.Descendants("script").Should().BeEmpty();
        html.Descendants().Attributes().Where(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name == "style").Should().BeEmpty();
        html.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src" or "action")
            .Should().OnlyContain(a => a.Value.StartsWith('#') || a.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal));
        html.Descendants().Attributes("id").Select(a => a.Value).Should().OnlyHaveUniqueItems();
        html.Descendants("style").Single().Value.Should().NotContain("url(").And.NotContain("@import");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Has_a_policy_that_fits_its_style_sheet(string page)
    {
        var html = Parse(Of(page));
        var policy = html.Descendants("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html.Descendants("style").Single().Value)));
        policy.Should().StartWith("default-src 'none';").And.Contain($"'sha256-{hash}'").And.NotContain("unsafe");
    }

    [Fact]
    public void Is_the_same_for_the_same_input()
        => Reports.Html(Reports.OfSample("lexi")).Should().Be(Reports.Html(Reports.OfSample("lexi")));

    [Fact]
    public void Puts_the_verdict_first_and_then_what_failed()
    {
        var html = Parse(Of("lexi"));
        html.Descendants("h1").Single().Value.Should().Be("Failed");
        html.Descendants("h2").Select(h => h.Value).Should().Equal("What it comes from", "Findings", "What the run says of itself", "Scores", "Gates", "Artifacts", "Configuration");
        html.Descendants("details").Where(d => d.Attribute("class")?.Value.StartsWith("gate", StringComparison.Ordinal) == true)
            .Select(d => (d.Attribute("class")!.Value, d.Attribute("open") is not null))
            .Should().Equal([.. Enumerable.Repeat(("gate failed", true), 3), .. Enumerable.Repeat(("gate passed", false), 3)]);
        html.Descendants("figure").Select(f => f.Descendants("h4").Single().Value).Should().Equal(
            "Which checkpoint was taken",
            "What each checkpoint says of its step",
            "loss_mel over the run",
            "Spectrogram of the output audio/lexi_converted.wav",
            "Spectrogram of the reference audio/lexi_input.wav",
            "Spectral flatness of audio/lexi_converted.wav over time, whole band",
            "Keys of lexi.pth against rvc_v2_48k_narrow.json");
    }

    [Fact]
    public void Says_of_every_checkpoint_choice_what_it_took()
    {
        var rows = Parse(Of("lexi")).Descendants("figure").First().Descendants("tbody").Single().Elements("tr")
            .Select(r => string.Join('|', r.Elements().Select(c => c.Value)));

        // What the newest file is depends on how this copy was made.
        rows.Where(r => !r.StartsWith("newest file", StringComparison.Ordinal)).Should().Equal(
            "highest step, as a number|G_2376.pth|2376|132", "last name, as text|G_792.pth|792|44", "digits of the whole path|G_2376.pth|2376|132", "the export holds|G_396.pth|396|22");
    }

    [Fact]
    public void Shows_hostile_text_as_text()
    {
        var html = Parse(Of("hostile"));
        var text = html.Root!.Value;
        Reports.Hostile.Should().OnlyContain(h => text.Contains(SafeText.From(h).Value));
        html.Descendants("h1").Should().ContainSingle();
        html.Descendants("b").Should().OnlyContain(b => b.Value.All(char.IsAsciiDigit));
    }

    [Fact]
    public void Of_200_000_keys_that_do_not_fold_stays_small()
    {
        var report = Reports.OfManyKeys(200_000);
        var watch = Stopwatch.StartNew();
        var html = Reports.Html(report);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        html.Length.Should().BeLessThan(1_000_000);
        html.Should().Contain("more keys");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e15, -1e15)]
    [InlineData(1e300, double.NaN)]
    [InlineData(1e-300, 0)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    public void Draws_curves_of_any_height(double first, double second)
    {
        var curve = new CurveExhibit(SafeText.Of($"c"), SafeText.Of($"x"), SafeText.Of($"y"), [new(0, first), new(1, second), new(1e15, 1), new(9.2e18, 2)]) { Limit = first };
        var html = Parse(Reports.Html(Reports.Of(Reports.Result(Outcome.Failed, SafeText.Of($"m")) with { Exhibits = [curve] })));
        html.Descendants("svg").Count(s => s.Attribute("class")?.Value.StartsWith("plot", StringComparison.Ordinal) == true).Should().Be(2);
        html.ToString().Should().NotContain("NaN").And.NotContain("∞");
    }

    [Fact]
    public void Draws_no_more_pictures_than_open_at_once()
    {
        var random = new Random(1);
        float[] Column() => [.. Enumerable.Range(0, 128).Select(_ => random.NextSingle())];
        var noise = new HeatmapExhibit(SafeText.Of($"noise"), new("x", 0, 1), new("y", 0, 1), new("v", 0, 1), [.. Enumerable.Range(0, 300).Select(_ => Column())]);
        var results = Enumerable.Range(0, 400).Select(_ => Reports.Result(Outcome.Failed, SafeText.Of($"m")) with { Exhibits = [noise] }).ToArray();
        var html = Reports.Html(Reports.Of(results));
        html.Length.Should().BeLessThan(5_000_000);
        html.Should().Contain("1 picture is left out");

        // One card with a row for each, and three hundred of them to unfold.
        var card = Classed(Parse(html), "details", "gate").Should().ContainSingle().Subject;
        Classed(card, "table", "files").Single().Descendants("tbody").Single().Elements("tr").Should().HaveCount(400);
        Classed(card, "details", "file").Should().HaveCount(300);
    }

    [Fact]
    public void Results_of_one_gate_that_came_out_alike_share_a_card_with_a_row_for_each()
    {
        var report = Reports.OfManyFiles();
        var html = Parse(Reports.Html(report));

        var cards = Classed(html, "details", "gate").ToArray();
        cards.Select(c => (string?)c.Attribute("class")).Should().Equal("gate failed", "gate passed");
        foreach (var (card, outcome) in cards.Zip([Outcome.Failed, Outcome.Passed]))
        {
            var results = report.Results.Where(r => r.Outcome == outcome).ToArray();
            var rows = Classed(card, "table", "files").Single().Descendants("tbody").Single().Elements("tr").ToArray();
            rows.Select(r => r.Element("th")!.Value).Should().Equal(results.Select(r => r.Artifact.Value));
            rows.Select(r => double.Parse(r.Elements("td").First().Value, CultureInfo.InvariantCulture)).Should().Equal(results.Select(r => r.Measurements[0].Observed!.Value));
            rows.Should().OnlyContain(r => Classed(r, "svg", "bar").Count() == 1);
        }

        // A link of a row leads to the file's own pictures and numbers.
        var ids = html.Descendants().Attributes("id").Select(a => a.Value).ToHashSet();
        var links = html.Descendants("a").Attributes("href").Select(a => a.Value[1..]).ToArray();
        links.Should().HaveCountGreaterThan(200).And.OnlyContain(l => ids.Contains(l));
    }

    [Fact]
    public void Findings_of_many_files_name_each_file_and_are_few()
    {
        var findings = Classed(Parse(Of("many")), "ol", "findings").Single().Elements("li").Select(l => l.Value).ToArray();

        findings.Should().HaveCount(6);
        findings.Take(5).Should().OnlyContain(f => f.StartsWith("audio/line_", StringComparison.Ordinal));
        findings[^1].Should().StartWith("and 15 more findings of");
    }

    [Theory]
    [InlineData("lexi", "exported-step|396 steps||= 2376|1980 (83.3 %) off|lexi.pth")]
    [InlineData("lexi-fixed", "loss-level|18.246||≤ 27|8.754 (32.4 %) to spare|train.log: loss_mel")]
    public void Scores_state_value_limit_and_distance(string sample, string expected)
        => Classed(Parse(Of(sample)), "table", "scored").First().Descendants("tbody").Single().Elements("tr")
            .Select(r => string.Join('|', r.Elements().Select(c => c.Value))).Should().Contain(expected);

    [Theory]
    [InlineData("lexi")]
    [InlineData("lexi-fixed")]
    [InlineData("many")]
    public void A_bar_is_as_long_as_its_value_is_of_the_limit(string page)
    {
        var report = page == "many" ? Reports.OfManyFiles() : Reports.OfSample(page);
        var scores = report.Results.SelectMany(r => r.Measurements)
            .Where(m => m is { Observed: > 0, Required.Limit: > 0 })
            .Select(m => Math.Round(m.Observed!.Value / m.Required!.Limit, 2)).Distinct().ToArray();
        scores.Should().NotBeEmpty();

        var drawn = Classed(Parse(Reports.Html(report)), "svg", "bar")
            .Select(b => b.Elements("rect").ToDictionary(r => r.Attribute("class")!.Value, r => (double)r.Attribute("x")! + ((double)r.Attribute("width")! / (r.Attribute("class")!.Value == "limit" ? 2 : 1))))
            .Where(b => b["limit"] > 0)
            .Select(b => b["value"] / b["limit"]).ToArray();

        scores.Should().OnlyContain(s => drawn.Any(d => Math.Abs(d - s) <= 0.02 * Math.Max(1, s)));
    }

    [Theory]
    [InlineData("lexi", 1, 2465, 396)]
    [InlineData("lexi-fixed", 0, 2200, 2376)]
    public void Marks_the_exported_checkpoint_at_its_step_on_the_curve(string sample, double first, double last, double step)
    {
        var plot = Classed(Parse(Of(sample)), "svg", "wide").First();
        var curve = plot.Descendants().Single(e => e.Name.LocalName == "polyline" && (string?)e.Attribute("stroke") == "var(--plot-line)").Attribute("points")!.Value
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => double.Parse(p.Split(',')[0], CultureInfo.InvariantCulture)).ToArray();
        var mark = plot.Descendants().Where(e => (string?)e.Attribute("stroke") == "var(--plot-exported)").Select(X).Distinct().Should().ContainSingle().Subject;

        mark.Should().BeApproximately(curve[0] + ((curve[^1] - curve[0]) * (step - first) / (last - first)), 1);
        ((string?)plot.Attribute("aria-label")).Should().Contain("3 checkpoints are marked").And.Contain($"at step {step}");
    }

    [Fact]
    public void Shows_the_curves_of_a_run_on_one_plot_with_what_happened_and_its_values()
    {
        var curve = new CurveExhibit(SafeText.Of($"c"), SafeText.Of($"step"), SafeText.Of($"loss_mel"), [new(0, 3000), new(100, 30), new(200, 20), new(300, 25)])
        {
            IsOverSteps = true,
            IsLogarithmic = true,
            Others = [new CurveLine(SafeText.Of($"loss <b>fm"), [new(0, 9), new(200, 5)])],
            Moments =
            [
                new CurveMoment(150, MomentKind.Restart, SafeText.Of($"resumed at step 150")),
                new CurveMoment(200, MomentKind.Best, SafeText.Of($"lowest, 20 at step 200")),
                new CurveMoment(100, MomentKind.Saved, SafeText.Of($"G_100.pth")),
            ],
        };
        var html = Parse(Reports.Html(Reports.Of(Reports.Result(Outcome.Failed, SafeText.Of($"m")) with { Exhibits = [curve] })));
        var plot = Classed(html, "svg", "wide").Single();

        string[] strokes = [.. plot.Descendants().Select(e => (string?)e.Attribute("stroke")).OfType<string>().Distinct()];
        strokes.Should().Contain(["var(--plot-line)", "var(--plot-line-2)", "var(--plot-restart)", "var(--plot-mark)"]);
        plot.Descendants().Should().Contain(e => (string?)e.Attribute("fill") == "var(--plot-best)");
        Classed(plot, "g", "at").Select(g => g.Descendants("text").Single().Value).Should().Equal(
            "step 0: loss_mel 3000 · loss <b>fm 9", "step 100: loss_mel 30 · loss <b>fm 9", "step 200: loss_mel 20 · loss <b>fm 5", "step 300: loss_mel 25 · loss <b>fm 5");
        var table = Classed(html, "details", "values").Single();
        table.Descendants("tbody").Single().Elements("tr").Select(r => string.Join(' ', r.Elements().Select(c => c.Value))).Should().Equal("0 3000 9", "100 30 9", "200 20 5", "300 25 5");
        Classed(html, "ul", "key").Single().Value.Should().Contain("resumed at step 150").And.Contain("lowest, 20 at step 200").And.Contain("1 checkpoint");
        ((string?)plot.Attribute("aria-label")).Should().Contain("resumed at step 150").And.Contain("beside it");

        // By the logarithm, a hundredth is two decades down and a fifteenth not quite half of that.
        double[] heights = [.. plot.Descendants().Single(e => e.Name.LocalName == "polyline" && (string?)e.Attribute("stroke") == "var(--plot-line)").Attribute("points")!.Value
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => double.Parse(p.Split(',')[1], CultureInfo.InvariantCulture))];
        ((heights[1] - heights[0]) / (heights[2] - heights[0])).Should().BeApproximately(Math.Log(3000 / 30.0) / Math.Log(3000 / 20.0), 0.01);
    }

    [Fact]
    public void Marks_no_checkpoint_that_the_log_does_not_reach()
    {
        var curve = new CurveExhibit(SafeText.Of($"c"), SafeText.Of($"step"), SafeText.Of($"y"), [new(0, 3), new(100, 1)]) { IsOverSteps = true };
        var table = new TableExhibit(SafeText.Of($"t"), ["a"], []) { Checkpoints = [new CheckpointMark(50, SafeText.Of($"a.pth"), true, false), new CheckpointMark(5000, SafeText.Of($"b.pth"), false, true)] };
        var html = Reports.Html(Reports.Of(Reports.Result(Outcome.Failed, SafeText.Of($"m")) with { Exhibits = [curve, table] }));

        html.Should().Contain("the checkpoints are not marked").And.NotContain("stroke=\"var(--plot-exported)\"");
    }

    [Fact]
    public void A_passed_report_opens_on_its_curve_and_its_spectrogram()
    {
        var html = Parse(Of("lexi-fixed"));
        html.Descendants("h1").Single().Value.Should().Be("Passed");
        var open = Classed(html, "details", "gate").Where(d => d.Attribute("open") is not null).ToArray();

        open.SelectMany(d => d.Descendants("h4")).Select(h => h.Value).Take(3).Should().Equal(
            "loss_mel over the run", "Spectrogram of the output audio/lexi_converted.wav", "Spectrogram of the reference ../lexi/audio/lexi_input.wav");
        open.Should().OnlyContain(d => d.Descendants("figure").Any());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pictures_come_before_the_numbers_which_are_folded(string page)
    {
        var html = Parse(Of(page));
        Classed(html, "table", "numbers").Should().NotBeEmpty()
            .And.OnlyContain(t => t.Parent!.Name == "details" && t.Parent.Attribute("open") == null && !t.Parent.ElementsAfterSelf().Any(e => e.DescendantsAndSelf("figure").Any()));
    }

    [Fact]
    public void What_to_do_comes_before_all_else_of_a_failed_gate()
    {
        var fixes = Classed(Parse(Of("lexi")), "div", "fix").ToArray();
        fixes.Select(f => f.Elements().Last().Value).First().Should().StartWith("Export the model again from G_2376.pth");
        fixes.Should().HaveCount(3).And.OnlyContain(f => f.ElementsBeforeSelf().All(e => e.Name == "p" || e.Name == "ul"));

        var first = Classed(Parse(Reports.Html(Reports.Of(Reports.Result(Outcome.Failed, SafeText.Of($"m")) with
        {
            Findings = [new Finding(SafeText.Of($"m")) { Remedy = SafeText.Of($"do this first. Then look <b>there</b>") }],
        }))), "div", "fix").Single();
        first.Descendants("strong").Single().Value.Should().Be("Do this first.");
        first.Value.Trim().Should().EndWith("Do this first. Then look <b>there</b>.");
    }

    [Fact]
    public void Says_at_the_top_which_run_it_is_where_somebody_says_so()
    {
        var report = Reports.OfManyFiles();
        Parse(Reports.Html(report)).Descendants("dl").Where(d => (string?)d.Attribute("class") == "origin").Should().BeEmpty();

        var named = report with { Origin = new RunOrigin { Name = SafeText.From(Reports.Hostile[0]), Date = new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), Commit = SafeText.Of($"0123456789abcdef0123456789abcdef01234567") } };
        var origin = Classed(Parse(Reports.Html(named)), "dl", "origin").Single();
        origin.Descendants("dd").Select(d => d.Value).Should().Equal(Reports.Hostile[0], "2026-01-31 12:00:00 UTC", "0123456789ab");
        origin.Ancestors("header").Should().ContainSingle();
        Reports.Html(named).Should().Be(Reports.Html(named));
    }

    [Fact]
    public void Lines_that_one_outline_lacks_are_marked()
    {
        var html = Parse(Of("grc"));
        Classed(html, "span", "removed").Select(l => l.Value).Should().Contain(l => l.Contains("self.convs = nn.ModuleList", StringComparison.Ordinal));
        Classed(html, "span", "added").Select(l => l.Value).Should().ContainSingle().Which.Should().StartWith("+ ").And.Contain("self.conv = nn.Conv1d(");
        Classed(html, "div", "outlines").Descendants("pre").Should().OnlyContain(p => p.Value.StartsWith("  class Mrf", StringComparison.Ordinal));
    }

    internal static string Of(string page) => Reports.Html(page switch
    {
        "hostile" => Reports.OfHostileText(),
        "many" => Reports.OfManyFiles(),
        _ => Reports.OfSample(page),
    });

    private static IEnumerable<XElement> Classed(XContainer within, string name, string style)
        => within.Descendants().Where(e => e.Name.LocalName == name && ((string?)e.Attribute("class") ?? "").Split(' ').Contains(style));

    // A line is drawn as two points.
    private static double X(XElement line)
        => line.Attribute("x1") is { } x ? (double)x : double.Parse(line.Attribute("points")!.Value.Split(',')[0], CultureInfo.InvariantCulture);

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
