using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class GrownWeightsTests
{
    private static readonly RunResult Stuck = Failed("MG4001", "train.log", Word("convergence", "stagnant", "mel"), Value("loss-min", 1.96, "mel"), Value("loss-level", 6.673, "mel"));
    private static readonly RunResult Grown = Unlike(0, 0.3);

    [Fact]
    public void A_stuck_loss_and_layers_that_have_grown_are_told_together()
    {
        var cause = RootCause.Of([Grown, Stuck]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("mel stands at 6.673, after 1.96 at its best, and 7 of 23 matrices of g_600 are unlike those of g_1500");
        cause.Explains.Should().Equal("MG3004", "MG4001");
    }

    [Fact]
    public void Neither_names_nor_a_few_layers_say_anything_of_a_training()
    {
        RootCause.Of([Unlike(3, 0.3), Stuck]).Should().BeEmpty();
        RootCause.Of([Unlike(0, 0.05), Stuck]).Should().BeEmpty();
        RootCause.Of([Grown]).Should().BeEmpty();
        RootCause.Of([Grown, Stuck with { Outcome = Outcome.Passed }]).Should().BeEmpty();
    }

    private static RunResult Unlike(double keys, double share)
        => Failed("MG3004", "g_600", Value("unlike-keys", keys).Required("<=", 0), Value("unlike-layers", share).Required("<=", 0.1)).With("7 of 23 matrices of g_600 are unlike those of g_1500");
}
