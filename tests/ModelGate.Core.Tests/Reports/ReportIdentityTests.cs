using System.Globalization;
using System.Text.Json;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

/// <summary>A server replaces what it knows by a later report of the same identity, and closes what that does not hold.</summary>
public class ReportIdentityTests
{
    [Fact]
    public void Two_models_share_nothing_that_a_server_goes_by()
    {
        var (a, b) = (Of("runs/a"), Of("runs/b"));

        Categories(a).Should().NotIntersectWith(Categories(b));
        Alerts(a).Should().NotIntersectWith(Alerts(b));
        Cases(a).Should().NotIntersectWith(Cases(b));
        Suites(a).Should().NotIntersectWith(Suites(b));
        GitLab(a).Should().NotIntersectWith(GitLab(b));
        Marker(a).Should().NotBe(Marker(b));
    }

    [Fact]
    public void Models_are_the_same_judged_together_and_apart()
    {
        var (a, b) = (Of("runs/a"), Of("runs/b"));
        var joined = RunRecord.Join([a.In(SafeText.Of($"a")), b.In(SafeText.Of($"b"))]);

        Categories(joined).Should().Equal([.. Categories(a), .. Categories(b)]);
        Alerts(joined).Should().Equal([.. Alerts(a), .. Alerts(b)]);
        Cases(joined).Should().Equal([.. Cases(a), .. Cases(b)]);
        GitLab(joined).Should().BeEquivalentTo([.. GitLab(a), .. GitLab(b)]);
        Runs(joined).Should().OnlyContain(r => r.GetProperty("properties").GetProperty("verdict").GetString() == "failed");
    }

    [Fact]
    public void Each_of_several_models_has_a_verdict_of_its_own()
    {
        var well = MadeReport.Of(MadeReport.Result("MG5001", "a.wav", Outcome.Passed, "well", 1)) with { Configurations = [Named("well")] };
        var joined = RunRecord.Join([well.In(SafeText.Of($"a")), Of("runs/b").In(SafeText.Of($"b"))]);

        Runs(joined).Select(r => r.GetProperty("properties").GetProperty("verdict").GetString()).Should().Equal("passed", "failed");
        ReadBack.Xml(Rendered.Text(new JUnitReport(), joined)).Descendants("property").Where(p => p.Attribute("name")!.Value == "verdict")
            .Select(p => p.Attribute("value")!.Value).Should().Equal("passed", "failed");
    }

    [Fact]
    public void The_same_finding_on_the_next_checkpoint_is_the_same_alert()
    {
        static RunRecord Saved(string file) => MadeReport.Of(
            MadeReport.Result("MG3001", file, Outcome.Failed, $"{file} has NaN", 3, Severity.Error, new Finding(SafeText.From($"{file} has NaN"))
            {
                Evidence = [new Measurement("nan-weights", SafeText.Of($"enc.weight"), 3) { Path = SafeText.From(file), Role = ArtifactRole.Checkpoints }],
            }) with { Identity = SafeText.Of($"checkpoints G_*.pth") });

        var (first, next) = (Saved("G_2376.pth"), Saved("G_2400.pth"));

        Alerts(next).Should().Equal(Alerts(first));
        Cases(next).Should().Equal(Cases(first));
        GitLab(next).Should().Equal(GitLab(first));
    }

    [Fact]
    public void Another_part_or_another_revision_is_another_finding()
    {
        static string Of(string tensor, int revision) => ReportedFinding.Of(MadeReport.Of(MadeReport.Result("MG3001", "G.pth", Outcome.Failed, "NaN", 3, Severity.Error, new Finding(SafeText.Of($"NaN"))
        {
            Evidence = [new Measurement("nan-weights", SafeText.From(tensor), 3) { Revision = revision }],
        })))[0].Fingerprint;

        new[] { Of("enc.weight", 1), Of("dec.weight", 1), Of("enc.weight", 2) }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void What_ran_some_gates_only_does_not_close_the_findings_of_the_others()
    {
        var whole = Of("runs/a");
        var part = whole with { Configurations = [whole.Configurations[0] with { Part = SafeText.Of($"MG5001") }] };

        Categories(part).Should().Equal("modelgate/runs/a/MG5001/").And.NotIntersectWith(Categories(whole));
        Alerts(part).Should().Equal(Alerts(whole));
    }

    [Fact]
    public void More_models_than_a_file_may_have_runs_share_one()
    {
        var joined = RunRecord.Join([.. Enumerable.Range(0, 21).Select(i => i.ToString(CultureInfo.InvariantCulture)).Select(i => Of("runs/" + i).In(SafeText.From(i)))]);

        Categories(joined).Should().Equal("modelgate/runs/all/");
        Alerts(joined).Should().HaveCount(21 * 5).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void What_counts_the_rest_is_of_its_model_too()
    {
        static RunRecord Many(string model) => MadeReport.Many(6_000) with { Configurations = [Named(model)] };

        GitLab(Many("a")).Should().OnlyHaveUniqueItems().And.NotIntersectWith(GitLab(Many("b")));
        Alerts(Many("a")).Should().OnlyHaveUniqueItems().And.NotIntersectWith(Alerts(Many("b")));
    }

    [Fact]
    public void A_name_cannot_leave_the_comment_that_marks_a_comment()
        => Marker(Of("a --> <b>")).Should().Be("<!-- modelgate a%20%2D%2D%3E%20%3Cb%3E -->");

    private static RunConfiguration Named(string model) => new(SafeText.Of($"gate.config.json"), "") { Folder = SafeText.From(model), Model = SafeText.From(model) };

    private static RunRecord Of(string model) => MadeReport.Rich() with { Configurations = [Named(model)] };

    private static JsonElement[] Runs(RunRecord report) => [.. Rendered.Json("sarif", report).GetProperty("runs").EnumerateArray()];

    private static string[] Categories(RunRecord report) => [.. Runs(report).Select(r => r.GetProperty("automationDetails").GetProperty("id").GetString()!)];

    private static string[] Alerts(RunRecord report)
        => [.. Runs(report).SelectMany(r => r.GetProperty("results").EnumerateArray()).Select(r => r.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!)];

    private static string[] Suites(RunRecord report) => [.. ReadBack.Xml(Rendered.Text(new JUnitReport(), report)).Descendants("testsuite").Select(s => s.Attribute("name")!.Value)];

    private static string[] Cases(RunRecord report)
        => [.. ReadBack.Xml(Rendered.Text(new JUnitReport(), report)).Descendants("testcase").Select(c => $"{c.Attribute("classname")!.Value}\n{c.Attribute("name")!.Value}")];

    private static string[] GitLab(RunRecord report) => [.. Rendered.Json("gitlab", report).EnumerateArray().Select(f => f.GetProperty("fingerprint").GetString()!)];

    private static string Marker(RunRecord report) => Rendered.Lines("markdown", report)[0];
}
