using ModelGate.Evaluation.Causes;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation.Causes;

public class RootCauseTests
{
    private static readonly RunResult Keys = Failed("MG1001", new Measurement("missing-keys", SafeText.Empty, 8));
    private static readonly RunResult Export = Failed("MG2001", new Measurement("exported-step", SafeText.Empty, 396) { Required = new(Relation.Equal, 2376) });
    private static readonly RunResult Loss = Failed("MG4001", new Measurement("loss-min", SafeText.From("loss_mel"), 170.2));
    private static readonly RunResult Noise = Failed("MG5001", new Measurement("occupied-band-flatness", SafeText.Empty, 0.3807) { Required = new(Relation.Below, 0.1) });

    [Fact]
    public void Of_noise_joins_all_that_is_wrong_with_the_model()
    {
        var cause = RootCause.Of([Export, Loss, Noise]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("spectral flatness 0.38 (limit 0.1): lexi.pth holds step 396 of 2376, and loss_mel never fell under 170.2");
        cause.Explains.Should().Equal("MG2001", "MG4001", "MG5001");
    }

    [Fact]
    public void Of_noise_may_be_one_thing_alone()
        => RootCause.Of([Noise, Keys]).Should().ContainSingle().Which.Message.Value
            .Should().Be("spectral flatness 0.38 (limit 0.1): lexi.pth lacks 8 expected keys, which a loader leaves as the model initializes them, untrained");

    [Fact]
    public void Of_an_early_export_of_a_stuck_run_says_that_exporting_again_is_not_enough()
        => RootCause.Of([Export, Loss]).Should().ContainSingle().Which.Message.Value
            .Should().Be("lexi.pth holds step 396 of 2376, and loss_mel never fell under 170.2: exporting the final checkpoint alone will not fix it");

    public static TheoryData<string, object[]> NothingToJoin => new()
    {
        { "nothing failed", [] },
        { "noise alone has no cause here", [Noise] },
        { "an early export speaks for itself", [Export] },
        { "a stuck loss speaks for itself", [Loss] },
        { "no rule joins keys and loss", [Keys, Loss] },
        { "the source is unknown", [Failed("MG2001", new Measurement("exported-step", SafeText.Empty, null)), Noise] },
        { "what passed is no reason", [Export with { Outcome = Outcome.Passed }, Noise] },
    };

    [Theory]
    [MemberData(nameof(NothingToJoin))]
    public void Is_not_claimed_where_no_rule_holds(string why, object[] results) => RootCause.Of([.. results.Cast<RunResult>()]).Should().BeEmpty(why);

    private static RunResult Failed(string id, Measurement measurement) => new(
        GateCatalogue.Find(id)!.Ref, SafeText.From("lexi.pth"), Severity.Error, Outcome.Failed, SafeText.Empty, SourcePosition.None, [measurement], []);
}
