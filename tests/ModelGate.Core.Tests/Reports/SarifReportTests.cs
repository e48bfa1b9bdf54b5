using ModelGate.Gates.Catalogue;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

public class SarifReportTests
{
    private static readonly System.Text.Json.JsonElement Run = Rendered.Json("sarif", MadeReport.Rich()).GetProperty("runs")[0];

    [Fact]
    public void Is_valid() => SarifSchema.Errors(Rendered.Json("sarif", MadeReport.Rich())).Should().BeEmpty();

    [Fact]
    public void A_broken_document_is_not_valid()
        => SarifSchema.Errors(System.Text.Json.JsonDocument.Parse("""{ "version": "2.1.0", "runs": [ { "results": [] } ] }""").RootElement).Should().NotBeEmpty();

    [Fact]
    public void Every_result_stands_at_the_line_that_asks_for_its_gate()
    {
        foreach (var result in Run.GetProperty("results").EnumerateArray())
        {
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            place.GetProperty("artifactLocation").GetProperty("uri").GetString().Should().Be("models/lexi/gate.config.json");
            place.GetProperty("region").GetProperty("startLine").GetInt32().Should().BeOneOf(12, 14, 16);
        }
    }

    [Fact]
    public void The_artifact_is_a_related_location_relative_to_the_root()
        => Run.GetProperty("results")[0].GetProperty("relatedLocations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()
            .Should().Be("models/lexi/audio/a.wav");

    [Fact]
    public void Without_a_configuration_a_result_stands_at_the_file_that_was_judged()
    {
        var made = MadeReport.Rich();
        var report = made with
        {
            Configurations = [new RunConfiguration(SafeText.Empty, "") { Folder = SafeText.Of($"runs/lexi") }],
            Results = [.. made.Results.Select(r => r with { At = SourcePosition.None }), MadeReport.Result("MG2001", "", Outcome.Inconclusive, "none", 1) with { At = SourcePosition.None, IsError = true }],
        };

        var places = Rendered.Json("sarif", report).GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(r => r.GetProperty("locations")[0].GetProperty("physicalLocation")).ToArray();

        places.Select(p => p.GetProperty("artifactLocation").GetProperty("uri").GetString()).Distinct().Should().BeEquivalentTo(
            "runs/lexi/audio/a.wav", "runs/lexi/lexi.pth", "runs/lexi/audio/b.wav", "runs/lexi/train.log");
        places.Should().OnlyContain(p => p.GetProperty("region").GetProperty("startLine").GetInt32() == 1, "code scanning wants a line of every result");
    }

    [Fact]
    public void Nothing_that_passed_or_was_waived_is_a_result()
        => Run.GetProperty("results").EnumerateArray().Should().HaveCount(5, "GitHub raises an alert for results of kind pass and for suppressed ones too");

    [Fact]
    public void Every_gate_fits_what_GitHub_takes_of_a_rule()
    {
        var report = MadeReport.Of([.. GateCatalogue.All.Select(g => MadeReport.Result(g.Id, "", Outcome.Passed, "well", 1))]);

        foreach (var rule in Rendered.Json("sarif", report).GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray())
        {
            rule.GetProperty("shortDescription").GetProperty("text").GetString()!.Length.Should().BeInRange(1, 1024);
            rule.GetProperty("fullDescription").GetProperty("text").GetString()!.Length.Should().BeInRange(1, 1024);
            rule.GetProperty("help").GetProperty("text").GetString().Should().NotBeEmpty();
            rule.GetProperty("help").GetProperty("markdown").GetString().Should().StartWith("# " + rule.GetProperty("id").GetString());
            rule.GetProperty("name").GetString()!.Length.Should().BeInRange(1, 255);
            rule.GetProperty("properties").GetProperty("tags").GetArrayLength().Should().BeLessThanOrEqualTo(20);
        }
    }

    [Fact]
    public void A_fingerprint_stays_when_a_number_or_a_line_changes()
    {
        static string Of(string message, int line) => ReportedFinding.Of(MadeReport.Of(MadeReport.Result("MG5001", "a.wav", Outcome.Failed, message, line, Severity.Error, new Finding(SafeText.From(message)))))[0].Fingerprint;

        Of("flatness 0.38 is not below 0.1", 16).Should().Be(Of("flatness 1.2e-05 is not below 0.2", 99)).And.Be(Of("flatness NaN is not below 0.2", 1));
        Of("flatness 0.38 is not below 0.1", 16).Should().NotBe(Of("the level is 0.38", 16));
    }

    [Fact]
    public void A_fingerprint_differs_by_gate_artifact_and_signal()
        => ReportedFinding.Of(MadeReport.Rich()).Select(f => f.Fingerprint).Should().OnlyHaveUniqueItems();
}
