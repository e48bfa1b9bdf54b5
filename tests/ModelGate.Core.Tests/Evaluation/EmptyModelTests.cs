using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation;

/// <summary>An adapter that was saved under DeepSpeed ZeRO-3 without gathering: names, and not one element.</summary>
public sealed class EmptyModelTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Theory]
    [InlineData("archive-must-be-whole", Outcome.Failed)]
    [InlineData("pickle-must-be-safe", Outcome.Inconclusive)]
    [InlineData("keys-must-match", Outcome.Inconclusive)]
    [InlineData("parameter-count-must-match", Outcome.Inconclusive)]
    [InlineData("weights-must-be-finite", Outcome.Inconclusive)]
    [InlineData("declared-configuration-must-hold", Outcome.Inconclusive)]
    public void Is_green_in_no_gate_and_told_to_be_gathered(string gate, object outcome)
    {
        foreach (var name in new[] { "adapter_model.bin", "peft_expected.json" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "reports", "a14-zero3-empty-lora", name), Path.Combine(root, name), overwrite: true);
        }

        File.WriteAllText(Path.Combine(root, "gate.config.json"), $$"""{ "artifacts": { "model": "adapter_model.bin", "architecture": "peft_expected.json" }, "gates": { "{{gate}}": {} } }""");

        var results = Evaluator.Run(EvaluationPlan.FromFile(Path.Combine(root, "gate.config.json"), "gate.config.json"), cancellation: TestContext.Current.CancellationToken).Results
            .Where(r => r.Artifact.Value is "" or "adapter_model.bin").ToArray();

        results.Should().ContainSingle().Which.Should().Match<RunResult>(r => r.Outcome == (Outcome)outcome && r.Message.Value.Contains("without gathering"));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
