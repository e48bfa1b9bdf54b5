using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class SilentGeneratorTests
{
    private static readonly RunResult Nan = Failed("MG3001", "v.pth", Value("nan-weights", 12));
    private static readonly RunResult Silent = Failed("MG5005", "out.wav");

    public static TheoryData<string, object> Silences => new()
    {
        { "out.wav is silent", Silent },
        { "out.wav holds samples that are not finite", Failed("MG5016", "out.wav") },
        { "out.wav is silent", Of("MG5001", "out.wav", Outcome.Inconclusive, Value("active-frames", 0)) },
    };

    [Theory]
    [MemberData(nameof(Silences))]
    public void Silence_comes_from_weights_that_are_NaN(string heard, object result)
    {
        var cause = RootCause.Of([(RunResult)result, Nan]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be($"{heard} because the generator is broken: v.pth holds 12 NaN, and one of them makes every sample NaN{(heard.EndsWith("silent") ? ", which is written as silence" : "")}");
        cause.Explains.Should().Equal("MG3001", ((RunResult)result).Gate.Id);
    }

    public static TheoryData<string, object[]> NothingToJoin => new()
    {
        { "silence alone", [Silent] },
        { "NaN alone", [Nan] },
        { "infinities give noise", [Silent, Failed("MG3001", "v.pth", Value("infinite-weights", 3))] },
        { "flatness that could not be told for another reason", [Nan, Of("MG5001", "out.wav", Outcome.Inconclusive, Value("active-frames", 0.4))] },
    };

    [Theory]
    [MemberData(nameof(NothingToJoin))]
    public void Is_not_claimed_otherwise(string why, object[] results) => RootCause.Of([.. results.Cast<RunResult>()]).Should().BeEmpty(why);

    [Fact]
    public void A_broken_checkpoint_is_none_of_it_where_the_model_is_whole()
        => RootCause.Of([Silent, Failed("MG3001", "G_9.pth", Value("nan-weights", 12)), Passed("MG3001", "v.pth")], [File("v.pth", "model"), File("G_9.pth", "checkpoints")]).Should().BeEmpty();
}
