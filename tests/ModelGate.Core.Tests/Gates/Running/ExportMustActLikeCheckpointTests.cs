using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Running;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Tests.Gates.Audio;
using ModelGate.Tests.Signals;
using static ModelGate.Tests.Gates.Running.Runs;

namespace ModelGate.Tests.Gates.Running;

public class ExportMustActLikeCheckpointTests
{
    [Fact]
    public void The_final_checkpoint_is_run_and_then_the_export_against_it()
    {
        var asked = new List<AskedModelRun>();
        var judgement = Judge(new OutputDifference(1e-4, 0.06e-4, "audio[0,0,3]"), asked);

        judgement.ShouldPass();
        judgement.Summary.Value.Should().Be("export.pth makes of the same input what G_200.pth makes: the difference is -80.0 dB of it");
        asked.Select(a => a.Model.Path).Should().Equal("G_200.pth", "export.pth");
        var (before, after) = ((ModelRunStep.Run)asked[0].Steps[1], (ModelRunStep.Run)asked[1].Steps[1]);
        before.Generate.Should().Be(after.Generate);
        after.Expected.Should().Be(before.Output);
    }

    [Fact]
    public void One_that_differs_by_more_than_rounding_fails()
        => Judge(new OutputDifference(0.2, 0.03, "audio[0,0,3]")).ShouldFail("export.pth does not act like G_200.pth: given the same input, its audio differs by -6.0 dB");

    [Fact]
    public void One_that_is_equal_passes_without_a_number()
    {
        var judgement = Judge(new OutputDifference(0, 0, "audio[0,0,0]"));

        judgement.ShouldPass();
        judgement.Measurements.Should().ContainSingle().Which.Should().Match<Measurement>(m => m.Observed == null && m.Text.Value == "equal");
    }

    [Fact]
    public void Other_shapes_fail()
        => Judge(new OutputDifference(null, null, "audio is [1, 1, 100] and should be [1, 1, 200]")).Findings.Should().ContainSingle();

    [Fact]
    public void An_export_that_does_not_load_is_not_compared()
        => Judge(_ => Report(Loaded() with { Missing = ["a"] }, new ModelRunAnswer { Step = 1, Ok = false })).ShouldBeInconclusive("G_200.pth does not load strictly");

    [Fact]
    public void A_crash_says_nothing_of_the_export()
        => Judge(_ => Ended(ModelRunEndKind.Crashed, "modelgate-torch ended with signal 6 while running the model", Loaded())).ShouldBeInconclusive("signal 6");

    private static Judgement Judge(OutputDifference difference, List<AskedModelRun>? asked = null) => Judge(a =>
    {
        asked?.Add(a);
        return a.Model.Role == ArtifactRole.Checkpoints ? Report(Loaded(), Ran(1)) : Report(Loaded(), Ran(1, difference: difference));
    });

    private static Judgement Judge(Func<AskedModelRun, ModelRunReport> runs)
        => new GateRun { Runs = runs }
            .With(ArtifactRole.Checkpoints, "G_100.pth", Of(1)).With(ArtifactRole.Checkpoints, "G_200.pth", Of(2)).With(ArtifactRole.Checkpoints, "D_200.pth", Of(3))
            .With(ArtifactRole.Model, "export.pth", Of(2))
            .Judge(new ExportMustActLikeCheckpoint(), new ExportMustActLikeCheckpoint.Options()).Should().ContainSingle().Subject.Judgement;

    private static Checkpoint Of(int seed) => MadeTensor.Checkpoint(MadeTensor.Of("a", DType.Float32, [.. Enumerable.Range(0, 64).SelectMany(i => BitConverter.GetBytes((float)(i * seed)))]));
}
