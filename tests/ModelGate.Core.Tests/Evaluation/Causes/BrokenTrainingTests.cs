using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class BrokenTrainingTests
{
    private static readonly RunResult Curve = Failed("MG4001", "train.log", Word("convergence", "not finite"));
    private static readonly RunResult Log = Failed("MG4002", "train.log", Value("non-finite-step", 310, "gen"), Value("non-finite-step", 305, "mel"));
    private static readonly RunResult Last = Failed("MG3001", "g_00000445", Value("nan-weights", 402946));
    private static readonly RunResult Good = Passed("MG3001", "g_00000120");

    [Fact]
    public void The_newest_finite_checkpoint_from_before_the_break_is_the_last_good_one()
    {
        var cause = RootCause.Of([Passed("MG3001", "g_00000040"), Good, Last, Curve, Log]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("training broke at step 305, where mel stopped being finite, and the weights of g_00000445 are broken, with 402946 that are NaN or infinite: g_00000120 is the last good checkpoint");
        cause.Explains.Should().Equal("MG3001", "MG4001", "MG4002");
    }

    [Fact]
    public void A_checkpoint_from_after_the_break_is_none_also_where_it_is_finite()
        => Message(Good, Passed("MG3001", "g_00000400"), Log).Should().EndWith("g_00000120 is the last good checkpoint");

    [Fact]
    public void Without_a_log_the_weights_alone_tell()
        => Message(Good, Last).Should().Be("the weights of g_00000445 are broken, with 402946 that are NaN or infinite: g_00000120 is the last good checkpoint");

    [Fact]
    public void Where_none_is_from_before_it_is_said()
        => Message(Passed("MG3001", "g_00000400"), Last, Log).Should().EndWith(": no checkpoint here is from before that");

    [Fact]
    public void What_the_checkpoints_state_counts_and_not_their_names()
        => Message(Passed("MG3001", "a.pth"), Passed("MG3001", "b.pth"), Log, Passed("MG2002", "", Value("training-step", 100).Of("a.pth"), Value("training-step", 300).Of("b.pth"))).Should().EndWith("b.pth is the last good checkpoint");

    [Fact]
    public void Neither_the_start_nor_a_state_nor_a_model_is_a_checkpoint_to_go_back_to()
        => RootCause.Of(
            [Passed("MG3001", "G_0.pth"), Passed("MG3001", "do_00000100"), Passed("MG3001", "voice_s200.pth"), Last, Log],
            [File("G_0.pth", "checkpoints"), File("do_00000100", "checkpoints"), File("voice_s200.pth", "model"), File("g_00000445", "checkpoints")])
            .Single().Message.Value.Should().EndWith("no checkpoint here is from before that");

    public static TheoryData<string, object[]> NothingToSay => new()
    {
        { "nothing broke", [Good] },
        { "an export that overflowed in half precision is no broken training", [Good, Failed("MG3001", "v.pth", Value("infinite-weights", 5))] },
        { "a log alone speaks for itself", [Log, Curve] },
        { "weights alone do, too", [Last] },
    };

    [Theory]
    [MemberData(nameof(NothingToSay))]
    public void Is_not_claimed_where_there_is_nothing_to_join(string why, object[] results)
        => RootCause.Of([.. results.Cast<RunResult>()], [File("g_00000120", "checkpoints"), File("g_00000445", "checkpoints"), File("v.pth", "model")]).Should().BeEmpty(why);

    private static string Message(params RunResult[] results) => RootCause.Of(results).Should().ContainSingle().Which.Message.Value;
}
