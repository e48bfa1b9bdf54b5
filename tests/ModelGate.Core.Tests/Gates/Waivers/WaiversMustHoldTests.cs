using System.Text;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Tests.Reports;

namespace ModelGate.Tests.Gates.Waivers;

public class WaiversMustHoldTests
{
    private static readonly DateOnly Today = new(2027, 1, 17);

    [Theory]
    [InlineData("2027-02-01", "passed", "error", "is in force until 2027-02-01; 1 failure is waived")]
    [InlineData("2027-01-31", "failed", "warning", "ends on 2027-01-31, in 14 days; 1 failure is waived")]
    [InlineData("2027-01-18", "failed", "warning", "ends on 2027-01-18, in 1 day; 1 failure is waived")]
    [InlineData("2027-01-17", "failed", "warning", "ends on 2027-01-17, today; 1 failure is waived")]
    [InlineData("2027-01-16", "failed", "error", "ended on 2027-01-16 (me: why)")]
    public void A_waiver_obeys_the_calendar(string until, string outcome, string severity, string said)
    {
        var results = Apply($$"""{ "gate": "MG5001", "artifact": "audio/*.wav", "statement": "why", "owner": "me", "until": "{{until}}" }""", Failed("MG5001", "audio/a.wav"));

        var isOver = outcome == "failed" && severity == "error";
        results[0].Outcome.Should().Be(isOver ? Outcome.Failed : Outcome.Waived);
        results[1].Gate.Id.Should().Be("MG9004");
        results[1].Outcome.ToString().ToLowerInvariant().Should().Be(outcome);
        results[1].Severity.ToString().ToLowerInvariant().Should().Be(severity);
        results[1].Message.Value.Should().Be($"the waiver of spectral-flatness-must-stay-below for audio/*.wav {said}");
    }

    [Fact]
    public void What_is_waived_says_why_and_fails_nothing()
    {
        var results = Apply("""{ "gate": "spectral-flatness-must-stay-below", "statement": "a breath is noise", "owner": "audio team", "until": "2027-12-31" }""", Failed("MG5001", "audio/a.wav"));
        var record = RunRecord.Decide(new RunConfiguration(SafeText.Empty, ""), [], results);

        results[0].Message.Value.Should().Be("it failed (waived until 2027-12-31 by audio team: a breath is noise)");
        record.Verdict.Should().Be(Verdict.Passed);
        record.Count(Outcome.Waived).Should().Be(1);
    }

    [Fact]
    public void Another_gate_another_file_and_what_could_not_be_judged_are_not_waived()
        => Apply(
            """{ "gate": "MG5001", "artifact": "audio/a.wav", "statement": "why", "owner": "me", "until": "2027-12-31" }""",
            Failed("MG5001", "audio/b.wav"),
            Failed("MG5004", "audio/a.wav"),
            Failed("MG5001", "audio/a.wav") with { Outcome = Outcome.Inconclusive }).Take(3).Should().OnlyContain(r => r.Outcome != Outcome.Waived);

    [Fact]
    public void A_waiver_that_nothing_needs_is_a_warning_unless_its_gate_did_not_run()
    {
        const string Waiver = """{ "gate": "MG5001", "statement": "why", "owner": "me", "until": "2027-12-31" }""";

        Apply(Waiver, Failed("MG5001", "a.wav") with { Outcome = Outcome.Passed })[1].Should().Match<RunResult>(r => r.Severity == Severity.Warning && r.Message.Value.EndsWith("is no longer needed: nothing it covers fails"));
        Apply(Waiver, Failed("MG5004", "a.wav")).Should().ContainSingle();
    }

    [Fact]
    public void A_waiver_of_what_could_not_be_judged_is_not_called_idle()
        => Apply("""{ "gate": "MG5001", "statement": "why", "owner": "me", "until": "2027-12-31" }""", Failed("MG5001", "a.wav") with { Outcome = Outcome.Inconclusive })[1]
            .Should().Match<RunResult>(r => r.Outcome == Outcome.Passed && r.Message.Value.EndsWith("0 failures are waived, and 1 of what it covers could not be judged"));

    [Fact]
    public void Of_two_waivers_of_one_failure_neither_is_idle()
        => Apply(
            """
            { "gate": "MG5001", "statement": "why", "owner": "me", "until": "2027-12-31" },
            { "gate": "MG5001", "artifact": "audio/a.wav", "statement": "why", "owner": "me", "until": "2027-12-31" }
            """,
            Failed("MG5001", "audio/a.wav"),
            Failed("MG5001", "audio/b.wav")).Skip(2).Should().SatisfyRespectively(
                r => r.Should().Match<RunResult>(w => w.Outcome == Outcome.Passed && w.Message.Value.EndsWith("; 2 failures are waived")),
                r => r.Should().Match<RunResult>(w => w.Outcome == Outcome.Passed && w.Message.Value.EndsWith("; 1 failure is waived")));

    [Fact]
    public void Without_a_day_no_waiver_is_in_force()
    {
        var configuration = Read("""{ "gate": "MG5001", "statement": "why", "owner": "me", "until": "9999-12-31" }""");

        WaiverJudging.Apply(Plan(configuration, null), [Failed("MG5001", "a.wav")]).Select(r => r.Outcome).Should().Equal(Outcome.Failed, Outcome.Failed);
    }

    [Theory]
    [InlineData("""{ "gate": "MG5001", "statement": " ", "owner": "me", "until": "2027-12-31" }""", "\"statement\" is empty")]
    [InlineData("""{ "gate": "MG5001", "statement": "why", "owner": "", "until": "2027-12-31" }""", "\"owner\" is empty")]
    [InlineData("""{ "gate": "MG5001", "statement": "why", "owner": "me", "until": "31.12.2027" }""", "has to be a day such as 2027-01-31")]
    [InlineData("""{ "gate": "MG5001", "statement": "why", "owner": "me", "until": "2027-02-30" }""", "has to be a day such as 2027-01-31")]
    [InlineData("""{ "gate": "MG5001", "statement": "why", "owner": "me" }""", "the member \"until\" is missing")]
    [InlineData("""{ "gate": "spectral-flatnes-must-stay-below", "statement": "why", "owner": "me", "until": "2027-12-31" }""", "spectral-flatness-must-stay-below")]
    [InlineData("""{ "gate": "MG5001", "statement": "why", "owner": "me", "until": "2027-12-31", "file": "a.wav" }""", "there is no member of a waiver \"file\"")]
    [InlineData("\"MG5001\"", "a waiver")]
    public void A_waiver_that_does_not_say_enough_is_refused(string waiver, string said)
        => FluentActions.Invoking(() => Read(waiver)).Should().Throw<ConfigurationException>().Which.Errors.Should().Contain(e => e.Message.Value.Contains(said, StringComparison.Ordinal));

    private static RunResult Failed(string gate, string artifact) => MadeReport.Result(gate, artifact, Outcome.Failed, "it failed", 3);

    private static IReadOnlyList<RunResult> Apply(string waiver, params RunResult[] results) => WaiverJudging.Apply(Plan(Read(waiver), Today), results);

    private static GateConfiguration Read(string waiver)
        => GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes($$"""{ "artifacts": { "output": "*.wav" }, "gates": { "spectral-flatness-must-stay-below": {} }, "waivers": [ {{waiver}} ] }"""));

    private static EvaluationPlan Plan(GateConfiguration configuration, DateOnly? day) => new(configuration, Workspace.Of(AppContext.BaseDirectory)) { Day = day };
}
