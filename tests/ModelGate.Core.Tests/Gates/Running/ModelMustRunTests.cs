using ModelGate.Gates;
using ModelGate.Gates.Running;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Tests.Gates.Audio;
using static ModelGate.Tests.Gates.Running.Runs;

namespace ModelGate.Tests.Gates.Running;

public class ModelMustRunTests
{
    private static readonly ModelMustRun.Options Declared = new() { Inputs = "in.safetensors" };

    [Fact]
    public void Weights_are_run_twice_at_two_lengths_and_in_a_batch_of_two()
    {
        IReadOnlyList<ModelRunStep> steps = [];
        var judgement = new GateRun
        {
            Runs = asked =>
            {
                steps = asked.Steps;
                return Report(Loaded(), Ran(1), Ran(2), Ran(3, "b"), Ran(4, "c"));
            },
        }.With(ArtifactRole.Model, "model.pth", Generator).Judge(new ModelMustRun(), new ModelMustRun.Options()).Single().Judgement;

        judgement.ShouldPass();
        judgement.Summary.Value.Should().Be("model.pth runs at two lengths and in a batch of two, with identical repeats: audio [1, 1, 16384] from -0.4 to 0.5");
        steps.OfType<ModelRunStep.Run>().Select(r => (r.Generate!.Frames, r.Generate.Batch, r.Noise)).Should().Equal((64, 1, false), (64, 1, false), (97, 1, false), (64, 2, false));
    }

    [Fact]
    public void NaN_fails() => Judge(Loaded(), Ran(1, finite: false), Ran(2), Ran(3), Ran(4)).Summary.Value.Should().Contain("audio of 64 frames holds NaN or infinity");

    [Fact]
    public void Another_shape_fails()
        => Judge(Loaded(), Ran(1), Ran(2), Ran(3, shape: [1, 1, 24000], expected: [1, 1, 24832]), Ran(4)).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().Be("audio of 97 frames is [1, 1, 24000] and should be [1, 1, 24832]");

    [Fact]
    public void Two_runs_that_differ_fail()
        => Judge(Loaded(), Ran(1, "a"), Ran(2, "b"), Ran(3), Ran(4)).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("two runs on the same input give different outputs, audio");

    [Fact]
    public void Noise_may_differ()
        => Runs.Judge(new ModelMustRun(), new ModelMustRun.Options { Noise = true }, Report(Loaded(), Ran(1, "a"), Ran(2, "b"), Ran(3), Ran(4)))
            .Summary.Value.Should().Be("model.pth runs at two lengths and in a batch of two: audio [1, 1, 16384] from -0.4 to 0.5", "nothing was repeated");

    [Fact]
    public void What_does_not_load_strictly_is_not_held_to_run()
        => Judge(Loaded() with { Missing = ["a"] }, new ModelRunAnswer { Step = 1, Ok = false }).ShouldBeInconclusive("does not load strictly");

    [Fact]
    public void A_program_needs_inputs()
        => Runs.Judge(new ModelMustRun(), new ModelMustRun.Options(), Report(), TorchScript).ShouldBeInconclusive("name a safetensors file in inputs");

    [Theory]
    [InlineData(1e-5, true)]
    [InlineData(0.2, false)]
    public void A_program_is_held_to_what_was_recorded(double difference, bool passes)
    {
        var ran = Ran(1, difference: new OutputDifference(difference, difference / 3, "audio[0,0,17]"));
        var judgement = Runs.Judge(new ModelMustRun(), Declared with { Expected = "out.safetensors" }, Report(Loaded(), ran, ran with { Step = 2 }), TorchScript);

        judgement.Measurements.Should().ContainSingle().Which.Should().Match<Measurement>(m => m.Signal == "output-difference" && m.Observed == difference && m.Required!.Limit == 1e-4);
        (judgement.Findings.Count == 0).Should().Be(passes);
        judgement.Summary.Value.Should().Contain(passes ? "at most 1E-05 from out.safetensors" : "the output differs from the recorded one by 0.2 at audio[0,0,17]; 0.0001 is tolerated");
    }

    [Fact]
    public void An_output_that_cannot_be_compared_fails()
    {
        var ran = Ran(1, difference: new OutputDifference(null, null, "audio has another shape"));

        Runs.Judge(new ModelMustRun(), Declared with { Expected = "out.safetensors" }, Report(Loaded(), ran, ran with { Step = 2 }), TorchScript)
            .Findings.Should().ContainSingle().Which.Message.Value.Should().Be("the output cannot be compared with the recorded one: audio has another shape");
    }

    [Fact]
    public void A_program_that_dies_fails()
    {
        var judgement = Runs.Judge(new ModelMustRun(), Declared, Ended(ModelRunEndKind.TookTooLong, "modelgate-torch was stopped after 60 s while running the model", Loaded()), TorchScript);

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be("model.pth did not run to the end: modelgate-torch was stopped after 60 s while running the model");
    }

    [Fact]
    public void A_program_that_throws_fails()
        => Runs.Judge(new ModelMustRun(), Declared, Report(Loaded(), new ModelRunAnswer { Step = 1, Ok = false, IsOfProgram = true, Problem = "forward() takes 2 inputs" }), TorchScript)
            .Findings.Should().ContainSingle().Which.Message.Value.Should().Be("model.pth: forward() takes 2 inputs");

    [Fact]
    public void What_another_is_to_blame_for_is_inconclusive()
        => Runs.Judge(new ModelMustRun(), Declared, Report(Loaded(), new ModelRunAnswer { Step = 1, Ok = false, Problem = "the input mel has the shape [1]" }), TorchScript).ShouldBeInconclusive("the input mel has the shape [1]");

    [Fact]
    public void Recorded_outputs_without_inputs_are_a_mistake()
        => new ModelMustRun().Check((object)new ModelMustRun.Options { Expected = "out.safetensors" }).Should().ContainSingle().Which.Option.Should().Be("expected");

    private static Judgement Judge(params ModelRunAnswer[] answers) => Runs.Judge(new ModelMustRun(), new ModelMustRun.Options(), Report(answers));
}
