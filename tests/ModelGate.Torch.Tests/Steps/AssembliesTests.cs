using System.Text.Json;
using ModelGate.ModelRuns;

namespace ModelGate.Torch.Tests.Steps;

/// <summary>A module of an assembly of the user, which is this one.</summary>
public class AssembliesTests
{
    private static string Here { get; } = typeof(AssembliesTests).Assembly.Location;

    [TorchFact]
    public void Keys_and_shapes_come_from_the_module()
    {
        var answer = Fixture.Do(Model("GainModule", """{ "inputs": 3 }"""), new ModelRunStep.Keys())[0];

        answer.Problem.Should().BeNull();
        answer.Keys.Should().BeEquivalentTo([new NamedShape("layer.weight", [2, 3]), new NamedShape("layer.bias", [2]), new NamedShape("scale", [2])]);
    }

    [TorchFact]
    public void Weights_of_PyTorch_go_into_the_module_and_give_PyTorchs_output()
    {
        var answers = Fixture.Do(Model("GainModule", """{ "inputs": 3 }"""), new ModelRunStep.Load(), Fixture.Recorded("module"));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok && a.Tensors == 3 && a.Parameters == 10);
        answers[0].Missing.Should().BeEmpty();
        answers[1].Problem.Should().BeNull();
        answers[1].Difference!.Maximum.Should().BeLessThan(1e-6);
    }

    [TorchFact]
    public void Differences_are_told_and_nothing_is_run()
    {
        var answers = Fixture.Do(Model("GainModule", """{ "inputs": 4, "bias": false }"""), new ModelRunStep.Load(), Fixture.Recorded("module"));

        answers[0].Should().Match<ModelRunAnswer>(a => a.Ok);
        answers[0].Unexpected.Should().Equal("layer.bias");
        answers[0].Shapes.Should().ContainSingle().Which.Should().BeEquivalentTo(new UnequalShape("layer.weight", [2, 4], [2, 3]));
        answers[1].Ok.Should().BeFalse();
    }

    [TorchTheory]
    [InlineData("GainModule", "{}", "has no constructor that takes no arguments; there is (Int32 inputs, Int32 outputs, Boolean bias)")]
    [InlineData("GainModule", """{ "inputs": 3, "gain": 1 }""", "has no constructor that takes inputs, gain")]
    [InlineData("GainModule", """{ "inputs": "three" }""", "the argument inputs of ModelGate.Torch.Tests.Modules.GainModule has type Int32, and \"three\" cannot be converted to it")]
    [InlineData("NoModule", "{}", "ModelGate.Torch.Tests.dll has no type ModelGate.Torch.Tests.Modules.NoModule; its modules are ModelGate.Torch.Tests.Modules.BrokenModule")]
    [InlineData("ForgetfulModule", "{}", "has no parameters: its constructor has to call RegisterComponents()")]
    [InlineData("BrokenModule", "{}", "fails with InvalidDataException: no data today")]
    public void What_goes_wrong_is_one_sentence(string type, string arguments, string sentence)
    {
        var answer = Fixture.Do(Model(type, arguments), new ModelRunStep.Keys())[0];

        answer.Problem.Should().Contain(sentence).And.NotContain("\n");
    }

    [TorchFact]
    public void A_type_that_is_no_module_and_a_file_that_is_no_assembly_are_told()
    {
        var other = Model("GainModule", "{}");
        other = other with { Architecture = other.Architecture! with { Type = typeof(AssembliesTests).FullName } };
        var file = other with { Architecture = other.Architecture! with { Assembly = Fixture.PathOf("keys.json") } };
        var absent = other with { Architecture = other.Architecture! with { Assembly = "/nowhere/absent.dll" } };

        Fixture.Do(other, new ModelRunStep.Keys())[0].Problem.Should().EndWith("is not a TorchSharp module: it does not derive from torch.nn.Module");
        Fixture.Do(file, new ModelRunStep.Keys())[0].Problem.Should().Be("keys.json is not an assembly that .NET loads");
        Fixture.Do(absent, new ModelRunStep.Keys())[0].Problem.Should().Be("there is no assembly /nowhere/absent.dll");
    }

    private static RequestedModel Model(string type, string arguments) => Fixture.Weights(
        "module", "weights.pth", new() { Assembly = Here, Type = $"ModelGate.Torch.Tests.Modules.{type}", Arguments = JsonDocument.Parse(arguments).RootElement });
}
