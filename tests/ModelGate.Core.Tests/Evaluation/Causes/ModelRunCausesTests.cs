using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Causes;

public sealed class ModelRunCausesTests
{
    private static readonly RunArtifact Features = File("3_feature768/0_1.npy", "features");
    private static readonly RunResult Loads = Passed("MG8001", "lexi.pth");
    private static readonly RunResult Runs = Passed("MG8002", "lexi.pth");
    private static readonly RunResult Babbles = Copies(0.29);
    private static readonly RunResult Apart = Failed("MG6007", "", Value("feature-fit", -0.38).Required(">", 0.05)).With("features are not those of their recordings");
    private static readonly RunResult Converged = Passed("MG4001", "train.log");
    private static readonly RunResult Acts = Failed("MG8005", "lexi.pth", Value("export-difference", 1.3).Required("<=", -30)).With("it differs");

    [Fact]
    public void What_loads_runs_and_babbles_points_at_the_data()
    {
        var cause = Of(Loads, Runs, Converged, Babbles).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("lexi.pth loads strictly and runs, and says something other than its own recordings (correlation 0.29 of the mel bands, at least 0.6 is a copy): the data that it was trained on is at fault, not the export; features-must-belong-to-their-audio tells whether the features are those of their recordings");
        cause.Explains.Should().Equal("MG8003");
    }

    [Fact]
    public void With_features_that_are_their_own_it_was_trained_on_other_data()
        => Of(Loads, Runs, Converged, Babbles, Passed("MG6007", "")).Single().Message.Value.Should().EndWith("whose features are their own: it was trained on other data than lies here, or with features that belonged to other recordings");

    [Fact]
    public void Without_a_log_it_may_have_been_too_short()
        => Of(Loads, Runs, Babbles).Single().Message.Value.Should().EndWith(": the data that it was trained on is at fault, or it was trained too briefly; loss-must-converge and features-must-belong-to-their-audio tell which");

    [Fact]
    public void What_is_heard_in_the_copies_has_the_same_cause()
        => Of(Loads, Runs, Babbles, Passed("MG4001", "train.log", Value("loss-level", 24.6, "loss_mel").Required("<=", 27)), Failed("MG5010", "copy-synthesis/lexi.pth/0_1.wav").With("it is unlike")).Should().ContainSingle()
            .Which.Explains.Should().Equal("MG5010", "MG8003");

    [Fact]
    public void With_features_of_other_recordings_they_are_named()
    {
        var cause = Of(Loads, Runs, Babbles, Apart)[0];

        cause.Message.Value.Should().EndWith(": features are not those of their recordings, and it has learned to babble");
        cause.Explains.Should().Equal("MG6007", "MG8003");
    }

    [Fact]
    public void An_export_that_babbles_where_its_checkpoint_speaks_is_at_fault()
    {
        var cause = Of(Loads, Runs, Copies(0.29, ofCheckpoint: 0.9), Acts).Should().ContainSingle().Subject;

        cause.Message.Value.Should().Be("the export is at fault, not the training: lexi.pth cannot reproduce its own recordings, and its checkpoint can, from whose output its own differs by 1.3 dB");
        cause.Explains.Should().Equal("MG8003", "MG8005");
    }

    [Fact]
    public void An_early_checkpoint_is_why()
        => Of(Copies(0.29, ofCheckpoint: 0.9), Failed("MG2001", "lexi.pth", Value("exported-step", 396).Required("=", 2376)).With("early"))[0].Message.Value.Should().EndWith(": lexi.pth holds step 396 of 2376");

    [Fact]
    public void An_export_that_acts_otherwise_and_hisses_is_at_fault()
        => Of(Acts, Failed("MG5001", "out.wav", Value("occupied-band-flatness", 0.4).Required("<=", 0.1))).Should().ContainSingle()
            .Which.Message.Value.Should().Be("the export is at fault: lexi.pth does not act like its checkpoint, from whose output its own differs by 1.3 dB, and what was heard of it is sick");

    public static TheoryData<string, object[]> NothingToJoin => new()
    {
        { "a babble alone: nobody knows that it loads", [Babbles] },
        { "it does not run", [Loads, Failed("MG8002", "lexi.pth"), Babbles] },
        { "a rough voice is no babble", [Loads, Runs, Copies(0.8)] },
        { "it is sick for a reason that is known", [Loads, Runs, Babbles, Failed("MG3001", "lexi.pth")] },
        { "an export that acts otherwise and sounds well", [Loads, Runs, Acts] },
        { "its loss did not converge", [Loads, Runs, Babbles, Failed("MG4001", "train.log")] },
        { "it makes noise", [Loads, Runs, Babbles, Failed("MG5001", "copy-synthesis/lexi.pth/0_1.wav")] },
        { "an export that acts otherwise, and a checkpoint that is no better", [Loads, Runs, Copies(0.29, ofCheckpoint: 0.1), Acts] },
        { "another model loads", [Passed("MG8001", "other.pth"), Runs, Babbles] },
    };

    [Theory]
    [MemberData(nameof(NothingToJoin))]
    public void Is_not_claimed_where_no_rule_holds(string why, object[] results) => Of([.. results.Cast<RunResult>()]).Should().BeEmpty(why);

    [Fact]
    public void A_model_without_features_has_none_of_other_recordings()
        => RootCause.Of([Loads, Runs, Babbles], [File("lexi.pth", "model")]).Should().BeEmpty();

    private static IReadOnlyList<Cause> Of(params RunResult[] results) => RootCause.Of(results, [Features, File("lexi.pth", "model")]);

    private static RunResult Copies(double correlation, double? ofCheckpoint = null)
    {
        Measurement[] own = [Value("copy-distance", 1.21).Required("<=", 1).Of("lexi.pth"), Value("copy-correlation", correlation).Required(">=", 0.6).Of("lexi.pth")];
        Measurement[] others = ofCheckpoint is { } other ? [Value("copy-distance", 0.5, "G_100.pth").Required("<=", 1), Value("copy-correlation", other, "G_100.pth").Required(">=", 0.6)] : [];
        return Failed("MG8003", "lexi.pth", [.. own, .. others]).With("it babbles");
    }
}
