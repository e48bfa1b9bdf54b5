using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation;

/// <summary>The option stateDict in a run of checkpoints that have <c>model</c> and an export that has <c>weight</c>.</summary>
public class StateDictChoiceTests
{
    [Theory]
    [InlineData("model")]
    [InlineData("weight")]
    public void That_some_file_has_is_taken(string name)
        => Run(name).Results.Should().AllSatisfy(r => r.Outcome.Should().Be(Outcome.Passed));

    [Fact]
    public void That_no_file_has_is_an_error_that_names_those_there_are()
    {
        var run = () => Run("modle");

        run.Should().Throw<ConfigurationException>().Which.Errors.Should().ContainSingle().Which.Message.Value
            .Should().Contain("no checkpoint has a container \"modle\"").And.Contain("G_2376.pth and 2 more have model").And.Contain("lexi.pth has weight");
    }

    private static RunRecord Run(string stateDict)
    {
        var folder = Repository.PathOf("samples", "lexi");
        var path = Path.Combine(Directory.CreateTempSubdirectory("modelgate-").FullName, "gate.config.json");
        foreach (var file in Directory.GetFiles(folder, "*.pth"))
        {
            File.Copy(file, Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(file)));
        }

        File.WriteAllText(path, $$"""{ "stateDict": "{{stateDict}}", "artifacts": { "model": "lexi.pth", "checkpoints": "G_*.pth" }, "gates": { "weights-must-be-finite": {} } }""");
        try
        {
            return Evaluator.Run(EvaluationPlan.FromFile(path, "gate.config.json"), cancellation: TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
