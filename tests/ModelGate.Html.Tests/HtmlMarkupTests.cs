using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ModelGate.Runs;

namespace ModelGate.Html.Tests;

public class HtmlMarkupTests
{
    public static TheoryData<string> Pages => ["lexi", "grc", "hostile"];

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
        html.Descendants("h2").Select(h => h.Value).Should().Equal("What it comes from", "Findings", "Gates", "Artifacts", "Configuration");
        html.Descendants("details").Where(d => d.Attribute("class")?.Value.StartsWith("gate", StringComparison.Ordinal) == true)
            .Select(d => (d.Attribute("class")!.Value, d.Attribute("open") is not null))
            .Should().Equal([.. Enumerable.Repeat(("gate failed", true), 3), .. Enumerable.Repeat(("gate passed", false), 9)]);
        html.Descendants("figure").Select(f => f.Descendants("h4").Single().Value).Should().Equal(
            "Which checkpoint was taken",
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
            "highest step, as a number|G_2376.pth|2376|132", "last name, as text|G_792.pth|792|44", "the export holds|G_396.pth|396|22");
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
        html.Should().Contain("1 picture is left out").And.Contain("and 100 more results");
    }

    internal static string Of(string page) => page == "hostile" ? Reports.Html(Reports.OfHostileText()) : Reports.Html(Reports.OfSample(page));

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
