using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Curves;

public class WeightsMustHaveLoadedTests
{
    // The lines of RVC: "loaded pretrained assets/pretrained_v2/f0G48k.pth", "<All keys matched successfully>", "emb_g.weight is not in the checkpoint".
    [Fact]
    public void A_pretrained_model_that_loaded_passes()
        => Judge("rvc-log", Event(LogEventKind.Loaded, "assets/pretrained_v2/f0G48k.pth"), Event(LogEventKind.AllKeysMatched, "<All keys matched successfully>")).Findings.Should().BeEmpty();

    [Fact]
    public void Weights_that_kept_their_random_start_fail_by_name()
    {
        var judgement = Judge("rvc-log", Event(LogEventKind.Loaded, "f0G48k.pth"), Event(LogEventKind.KeyNotLoaded, "enc_p.emb_phone.weight"), Event(LogEventKind.KeyNotLoaded, "enc_p.emb_phone.weight"));

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("1 weight").And.Contain("enc_p.emb_phone.weight");
        judgement.Measurements.Single().Observed.Should().Be(1);
    }

    [Fact]
    public void A_layer_that_is_meant_to_be_new_can_be_named()
        => Judge("rvc-log", new WeightsMustHaveLoaded.Options { Ignore = ["emb_g."] }, [], Event(LogEventKind.Loaded, "f0G48k.pth"), Event(LogEventKind.KeyNotLoaded, "emb_g.weight")).Findings.Should().BeEmpty();

    // A user's log may begin behind the line, or have been cut before it was sent.
    [Theory]
    [InlineData("rvc-log")]
    [InlineData("tensorboard")]
    public void A_pretrained_model_that_is_named_and_of_whose_load_the_log_is_silent_fails_only_where_it_is_required(string format)
    {
        var named = new Dictionary<string, MetadataValue> { ["pretrainG"] = new MetadataValue.Text("assets/pretrained_v2/f0G48k.pth") };

        Judge(format, new(), named).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.IsAboutNothing && j.Summary.Value.Contains("f0G48k.pth"));
        Judge(format, new() { RequirePretrained = true }, named).Findings.Should().HaveCount(format == "rvc-log" ? 1 : 0);
    }

    [Fact]
    public void A_run_that_names_no_pretrained_model_is_not_judged_unless_it_has_to_have_one()
    {
        Judge("rvc-log", new(), new Dictionary<string, MetadataValue> { ["pretrainG"] = new MetadataValue.Text("") }).IsAboutNothing.Should().BeTrue();
        Judge("rvc-log", new() { RequirePretrained = true }, []).Findings.Should().ContainSingle();
        Judge("tensorboard", new() { RequirePretrained = true }, []).IsInconclusive.Should().BeTrue();
    }

    private static LogEvent Event(LogEventKind kind, string text) => new(kind, null, text);

    private static Judgement Judge(string format, params LogEvent[] events) => Judge(format, new(), [], events);

    private static Judgement Judge(string format, WeightsMustHaveLoaded.Options options, Dictionary<string, MetadataValue> hyperparameters, params LogEvent[] events)
        => new GateRun().With(ArtifactRole.Log, "train.log", new TrainingLog(format, [new ScalarSeries("loss_mel", [new(0, 1)])], hyperparameters) { Events = events })
            .Judge(new WeightsMustHaveLoaded(), options).Single().Judgement;
}
