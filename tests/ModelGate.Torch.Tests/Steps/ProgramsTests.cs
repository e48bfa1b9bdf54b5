using ModelGate.ModelRuns;

namespace ModelGate.Torch.Tests.Steps;

/// <summary>TorchScript programs and ONNX graphs that PyTorch 1.13 wrote, with its outputs.</summary>
public class ProgramsTests
{
    [TorchFact]
    public void A_TorchScript_program_takes_its_inputs_by_the_names_of_forward()
    {
        // signal goes before offset in forward, and behind it by name.
        var answers = Fixture.Do(new(Fixture.PathOf("torchscript", "gain.pt"), ModelRunFormat.TorchScript), new ModelRunStep.Load(), Fixture.Recorded("torchscript"));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.Parameters == 2 && a.Tensors == 1);
        answers[1].Difference!.Maximum.Should().Be(0);
        answers[1].Outputs!.Select(o => o.Name).Should().Equal("output_0", "output_1");
        answers[1].ExpectedShape.Should().BeNull();
    }

    [TorchFact]
    public void An_ONNX_graph_gives_PyTorchs_output()
    {
        var answers = Fixture.Do(new(Fixture.PathOf("onnx", "net.onnx"), ModelRunFormat.Onnx), new ModelRunStep.Load(), Fixture.Recorded("onnx"));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.Parameters == 45 && a.Tensors == 4);
        answers[1].Difference!.Maximum.Should().BeLessThan(1e-6);
        answers[1].Outputs!.Single().Name.Should().Be("audio");
    }

    [TorchFact]
    public void Inputs_that_do_not_fit_are_told_by_name()
    {
        var wrong = new ModelRunStep.Run { Inputs = Fixture.PathOf("torchscript", "input.safetensors") };

        var answer = Fixture.Do(new(Fixture.PathOf("onnx", "net.onnx"), ModelRunFormat.Onnx), wrong)[0];

        answer.Problem.Should().Be("the model has no input \"offset\"; it has mel");
    }

    [TorchFact]
    public void An_output_of_another_shape_than_the_recorded_one_is_not_compared()
    {
        // The graph's input has another shape than its output.
        var step = new ModelRunStep.Run { Inputs = Fixture.PathOf("onnx", "input.safetensors"), Expected = Fixture.PathOf("onnx", "input.safetensors") };

        var answer = Fixture.Do(new(Fixture.PathOf("onnx", "net.onnx"), ModelRunFormat.Onnx), step)[0];

        answer.Ok.Should().BeTrue();
        answer.Difference.Should().Be(new OutputDifference(null, null, "audio has the shape [2, 1, 7], and the recorded one [2, 3, 7]"));
    }

    [TorchTheory]
    [InlineData(ModelRunFormat.TorchScript, "onnx", "net.onnx")]
    [InlineData(ModelRunFormat.Onnx, "torchscript", "gain.pt")]
    [InlineData(ModelRunFormat.Weights, "onnx", "net.onnx")]
    [InlineData(ModelRunFormat.Weights, "onnx", "absent.onnx")]
    public void What_is_something_else_is_a_problem_in_one_sentence(object format, string folder, string file)
    {
        var answer = Fixture.Do(new(Fixture.PathOf(folder, file), (ModelRunFormat)format), new ModelRunStep.Load())[0];

        answer.Ok.Should().BeFalse();
        answer.Problem.Should().NotContainAny("\n", "at fault");
    }
}
