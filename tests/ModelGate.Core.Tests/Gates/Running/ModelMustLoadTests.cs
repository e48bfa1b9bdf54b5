using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Running;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Tests.Gates.Audio;
using static ModelGate.Tests.Gates.Running.Runs;

namespace ModelGate.Tests.Gates.Running;

public class ModelMustLoadTests
{
    [Fact]
    public void What_loads_strictly_passes_and_is_named()
    {
        var judgement = Judge(Report(Loaded()));

        judgement.ShouldPass();
        judgement.Summary.Value.Should().Be("model.pth loads strictly into hifi-gan v1: 234 tensors, 13936130 parameters, weight norm as weight_g and weight_v");
        judgement.Measurements.Select(m => (m.Signal, m.Observed)).Should().Equal(("missing-keys", 0), ("unexpected-keys", 0), ("different-shapes", 0));
    }

    [Fact]
    public void Keys_that_differ_are_spelled_out_and_folded()
    {
        var judgement = Judge(Report(Loaded() with
        {
            Missing = ["ups.0.bias", "ups.1.bias", "ups.2.bias", "conv_post.bias"],
            Unexpected = ["enc.weight"],
            Shapes = [new UnequalShape("conv_pre.weight", [512, 80, 7], [512, 100, 7])],
        }));

        judgement.ShouldFail("does not load strictly into hifi-gan v1: 4 missing, 1 unexpected and 1 differently shaped keys");
        judgement.Findings.Select(f => f.Message.Value).Should().Equal(
            "4 keys are missing: conv_post.bias, ups.{0..2}.bias x3",
            "1 key is not part of the network: enc.weight",
            "1 key has another shape: conv_pre.weight is [512, 100, 7] and should be [512, 80, 7]");
    }

    [Fact]
    public void Without_the_program_nothing_is_said_of_the_model()
        => Judge(ModelRunReport.None(SafeText.Of($"running a model requires modelgate-torch"))).ShouldBeInconclusive("modelgate-torch");

    [Fact]
    public void A_model_that_cannot_be_tried_is_inconclusive()
        => Judge(Report(new ModelRunAnswer { Step = 0, Ok = false, Problem = "its keys are those of no network that is known." })).ShouldBeInconclusive("model.pth: its keys are those of no network that is known");

    // Generator run in a network of ours, and a program in its own.
    [Theory]
    [InlineData(ModelRunEndKind.Crashed, false, false)]
    [InlineData(ModelRunEndKind.Crashed, true, true)]
    [InlineData(ModelRunEndKind.TookTooLong, false, true)]
    [InlineData(ModelRunEndKind.UsedTooMuchMemory, true, true)]
    [InlineData(ModelRunEndKind.WroteTooMuch, true, true)]
    [InlineData(ModelRunEndKind.Unintelligible, true, false)]
    public void An_end_is_held_against_whoever_may_be_to_blame(object kind, bool isProgram, bool fails)
    {
        var judgement = Runs.Judge(new ModelMustLoad(), new ModelMustLoad.Options(), Ended((ModelRunEndKind)kind, "modelgate-torch ended while loading the model"), isProgram ? TorchScript : Generator);

        judgement.Summary.Value.Should().Be("model.pth did not run to the end: modelgate-torch ended while loading the model");
        (judgement.Findings.Count > 0, judgement.IsInconclusive).Should().Be((fails, !fails));
    }

    [Fact]
    public void The_final_checkpoint_is_loaded_where_no_model_is_named()
    {
        var asked = new List<AskedModelRun>();
        var run = new GateRun
        {
            Runs = a =>
            {
                asked.Add(a);
                return Report(Loaded());
            },
        };
        run.With(ArtifactRole.Checkpoints, "g_00000900", Generator).With(ArtifactRole.Checkpoints, "g_00001500", Generator).With(ArtifactRole.Checkpoints, "do_00001500", Generator)
            .With(ArtifactRole.Config, "config.json", new TrainerConfiguration(new ConfigurationValue.Map(new Dictionary<string, ConfigurationValue>())));

        run.Judge(new ModelMustLoad(), new ModelMustLoad.Options { TimeLimit = 7, MemoryLimit = 512 }).Should().ContainSingle().Which.Path.Should().Be("g_00001500");
        asked.Should().ContainSingle().Which.Should().Match<AskedModelRun>(a => a.Model.Path == "g_00001500" && a.Config!.Path == "config.json" && a.Format == ModelRunFormat.Weights
            && a.Limits == new ModelRunLimits(TimeSpan.FromSeconds(7), 512L << 20));
    }

    private static Judgement Judge(ModelRunReport report) => Runs.Judge(new ModelMustLoad(), new ModelMustLoad.Options(), report);
}
