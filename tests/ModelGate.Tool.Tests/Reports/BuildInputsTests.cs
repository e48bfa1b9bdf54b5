using System.Text;
using ModelGate.Configuration.Binding;
using ModelGate.Evaluation;

namespace ModelGate.Tool.Tests.Reports;

/// <summary>What a build looks at to know whether its verdict still holds.</summary>
public sealed class BuildInputsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void All_that_a_model_is_run_with_is_among_it()
        => InputsOf("""
            { "artifacts": { "model": "out/*.pth", "architecture": { "assembly": "bin/X.dll", "type": "N.T" } }, "gates": { "model-must-run": { "inputs": "in.safetensors", "expected": "out.safetensors" } } }
            """).Should().BeEquivalentTo("out/*.pth", "bin/X.dll", "in.safetensors", "out.safetensors", "out/config.json");

    [Fact]
    public void Where_no_model_is_run_a_configuration_beside_it_is_not()
        => InputsOf("""{ "artifacts": { "model": "out/*.pth" }, "gates": { "weights-must-be-finite": {} } }""").Should().Equal("out/*.pth");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string[] InputsOf(string configuration)
    {
        var plan = new EvaluationPlan(GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes(configuration), new WorkspaceConfigurations(Workspace.Of(folder))), Workspace.Of(folder));
        var log = Path.Combine(folder, "log");
        new BuildLog(log).Write([plan], Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken));
        return [.. File.ReadAllLines(log).Select(l => l.Split('\t')).Where(f => f[0] == "input").Select(f => f[1])];
    }
}
