using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class NothingLoadedTests
{
    private static readonly RunResult Stuck = Failed("MG4001", "train.log", Word("convergence", "stagnant", "loss_mel"), Value("loss-min", 170.2, "loss_mel"));
    private static readonly RunResult Random = Failed("MG4004", "train.log").With("12 weights kept their random start");

    [Fact]
    public void A_stuck_loss_comes_from_a_start_that_did_not_load()
    {
        var cause = RootCause.Of([Random, Stuck]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("loss_mel never fell under 170.2 because the pretrained model did not load: 12 weights kept their random start");
        cause.Explains.Should().Equal("MG4001", "MG4004");
    }

    [Fact]
    public void A_loss_that_converged_all_the_same_is_no_consequence()
        => RootCause.Of([Random, Stuck with { Outcome = Outcome.Passed }]).Should().BeEmpty();

    [Fact]
    public void A_start_that_loaded_is_no_cause()
        => RootCause.Of([Random with { Outcome = Outcome.Passed }, Stuck]).Should().BeEmpty();
}
