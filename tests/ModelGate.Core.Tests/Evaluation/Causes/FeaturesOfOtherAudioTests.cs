using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class FeaturesOfOtherAudioTests
{
    private static readonly RunResult Apart = Failed("MG6007", "", Value("feature-fit", -0.38).Required(">", 0.05)).With("features are not those of their recordings");
    private static readonly RunResult Late = Failed("MG6007", "", Value("feature-fit", 0.4).Required(">", 0.05), Value("feature-lag", 0.1)).With("features are 100 ms late");
    private static readonly RunResult Stuck = Failed("MG4001", "train.log", Word("convergence", "stagnant", "loss_mel"), Value("loss-min", 170.2, "loss_mel"), Value("loss-level", 189, "loss_mel").Required("<=", 27));
    private static readonly RunResult Well = Passed("MG4001", "train.log", Word("convergence", "converged", "loss_mel"), Value("loss-level", 24.62, "loss_mel").Required("<=", 27));
    private static readonly RunResult Babble = Failed("MG5010", "out.wav").With("out.wav is unlike in.wav: correlation 0.29");

    [Fact]
    public void A_stuck_loss_comes_from_features_of_other_recordings()
    {
        var cause = RootCause.Of([Stuck, Apart]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("loss_mel never fell under 170.2 because features and audio do not line up: features are not those of their recordings (they explain -0.38 of the sound, and those of other recordings up to 0.05); longer training will not fix it");
        cause.Explains.Should().Equal("MG4001", "MG6007");
    }

    [Fact]
    public void So_does_one_from_features_that_are_late()
        => RootCause.Of([Stuck, Late]).Single().Message.Value.Should().Contain("do not line up: features are 100 ms late;");

    [Theory]
    [InlineData("MG6001")]
    [InlineData("MG6002")]
    public void So_does_one_from_folders_that_do_not_match(string gate)
        => RootCause.Of([Stuck, Failed(gate, "").With("3_feature768 lacks 40 of 84")]).Single().Message.Value.Should().Contain("do not line up: 3_feature768 lacks 40 of 84;");

    [Fact]
    public void A_loss_that_looks_well_says_nothing_of_it()
    {
        var cause = RootCause.Of([Well, Apart, Babble]).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("features are not those of their recordings (they explain -0.38 of the sound, and those of other recordings up to 0.05), and out.wav does not say what it should: the model has learned to babble, and loss_mel looks well all the same (24.62, limit 27), because that loss hears the true recording");
        cause.Explains.Should().Equal("MG5010", "MG6007");
    }

    [Fact]
    public void Without_the_data_set_the_sound_alone_leads_to_it()
        => RootCause.Of([Well, Babble]).Should().ContainSingle().Which.Message.Value.Should().StartWith("out.wav is unlike in.wav: correlation 0.29; loss_mel looks well all the same (24.62, limit 27)").And.EndWith("hold the data set against its audio (roles features and recordings)");

    public static TheoryData<string, object[]> NothingToJoin => new()
    {
        { "features alone", [Apart] },
        { "a stuck loss alone", [Stuck] },
        { "a loss that looks well, and features that belong", [Well, Passed("MG6007", "", Value("feature-fit", 0.94))] },
        { "single segments do not spoil a whole training", [Stuck, Failed("MG6007", "", Value("feature-fit", 0.9).Required(">", 0.05)).With("the features of a are those of b")] },
        { "the data set was looked at and is sound", [Well, Babble, Passed("MG6007", "")] },
        { "the sound is unlike for a reason that is known", [Well, Babble, Failed("MG3002", "v.pth")] },
        { "a loss of another trainer may see it", [Babble, Passed("MG4001", "train.log", Value("loss-level", 0.5, "training/mel_spec_error"))] },
    };

    [Theory]
    [MemberData(nameof(NothingToJoin))]
    public void Is_not_claimed_where_no_rule_holds(string why, object[] results) => RootCause.Of([.. results.Cast<RunResult>()]).Should().BeEmpty(why);
}
