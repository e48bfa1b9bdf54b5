using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class UntrainedLayersTests
{
    private static readonly RunResult Stuck = Failed("MG4001", "train.log", Word("convergence", "stagnant", "loss_mel"), Value("loss-min", 170.2, "loss_mel"));
    private static readonly RunResult Frozen = Failed("MG3003", "v.pth").With("3 of 9 tensors of v.pth are still exactly those of start.pth: flow (all 3)");

    [Fact]
    public void A_stuck_loss_and_layers_that_never_moved_are_told_together()
        => RootCause.Of([Frozen, Stuck]).Should().ContainSingle().Which.Message.Value
            .Should().Be("loss_mel never fell under 170.2, and 3 of 9 tensors of v.pth are still exactly those of start.pth: flow (all 3)");

    [Fact]
    public void Each_alone_speaks_for_itself()
    {
        RootCause.Of([Frozen]).Should().BeEmpty();
        RootCause.Of([Stuck]).Should().BeEmpty();
        RootCause.Of([Frozen with { Outcome = Outcome.Passed }, Stuck]).Should().BeEmpty();
    }
}
