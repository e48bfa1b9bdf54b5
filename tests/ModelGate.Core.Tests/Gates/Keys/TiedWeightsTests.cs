using System.Text;
using ModelGate.Artifacts;
using ModelGate.Evaluation;
using ModelGate.Gates;
using ModelGate.Gates.Keys;
using ModelGate.Readers.Safetensors;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Keys;

/// <summary>A head that is tied to the table of tokens is in a safetensors file once; PyTorch's state_dict lists both names.</summary>
public sealed class TiedWeightsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    private static readonly KeyManifest Expected = new(new Dictionary<string, ExpectedKey>
    {
        ["model.embed_tokens.weight"] = new([64, 8], null), ["model.norm.weight"] = new([8], null), ["lm_head.weight"] = new([64, 8], null),
    });

    // transformers leaves its default, true, out of what it writes.
    [Theory]
    [InlineData("""{ "architectures": ["GemmaForCausalLM"], "tie_word_embeddings": true }""", Outcome.Passed)]
    [InlineData("""{ "model_type": "gpt2" }""", Outcome.Passed)]
    [InlineData("""{ "model_type": "gemma3", "text_config": { "tie_word_embeddings": true } }""", Outcome.Passed)]
    [InlineData("""{ "model_type": "llama", "tie_word_embeddings": false }""", Outcome.Failed)]
    [InlineData("""{ "vocab_size": 64 }""", Outcome.Inconclusive)]
    [InlineData("not JSON", Outcome.Inconclusive)]
    [InlineData(null, Outcome.Inconclusive)]
    public void Counts_as_there_where_the_configuration_beside_the_model_ties_it(string? configuration, object outcome)
    {
        Write("model.safetensors");
        if (configuration is not null)
        {
            File.WriteAllText(Path.Combine(root, "config.json"), configuration);
        }

        var result = Check();

        result.Outcome.Should().Be((Outcome)outcome);
        result.Message.Value.Should().Contain((Outcome)outcome == Outcome.Failed ? "1 missing" : "lm_head.weight");
    }

    [Fact]
    public void Counts_as_there_where_the_file_itself_says_so()
    {
        // What safetensors.torch.save_model writes for a name that it leaves out.
        var model = Model() with { Format = "safetensors", Metadata = [new("lm_head.weight", new MetadataValue.Text("model.embed_tokens.weight"))] };

        var judgement = Judge(new KeysMustMatch(), new KeysMustMatch.Options(), model);

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain("lm_head.weight is tied to model.embed_tokens.weight").And.Contain("parameters equal (520)");
    }

    [Fact]
    public void Counts_its_parameters_once()
        => Judge(new ParameterCountMustMatch(), new ParameterCountMustMatch.Options(), Model() with { TiesWordEmbeddings = true }).Findings.Should().BeEmpty();

    [Fact]
    public void Does_not_hide_what_else_is_missing()
    {
        var judgement = Judge(new KeysMustMatch(), new KeysMustMatch.Options(), MadeTensor.Checkpoint(Tensor("model.embed_tokens.weight", 64, 8)) with { TiesWordEmbeddings = true });

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be("1 expected keys are missing: model.norm.weight");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private RunResult Check()
    {
        File.WriteAllText(Path.Combine(root, "expected.json"), """{ "model.embed_tokens.weight": [64, 8], "model.norm.weight": [8], "lm_head.weight": [64, 8] }""");
        File.WriteAllText(Path.Combine(root, "gate.config.json"), """{ "artifacts": { "model": "model.safetensors", "architecture": "expected.json" }, "gates": { "keys-must-match": {} } }""");
        return Evaluator.Run(EvaluationPlan.FromFile(Path.Combine(root, "gate.config.json"), "gate.config.json"), cancellation: TestContext.Current.CancellationToken).Results.Single();
    }

    private void Write(string name)
    {
        using var file = File.Create(Path.Combine(root, name));
        SafetensorsWriter.Write(Model().Tensors, file, TestContext.Current.CancellationToken);
    }

    private static Checkpoint Model() => MadeTensor.Checkpoint(Tensor("model.embed_tokens.weight", 64, 8), Tensor("model.norm.weight", 8));

    private static TensorEntry Tensor(string name, params long[] shape)
        => MadeTensor.Of(name, DType.Float32, Encoding.ASCII.GetBytes(new string('a', (int)shape.Aggregate(4L, (p, s) => p * s)))) with { Shape = shape };

    private static Judgement Judge(Gate gate, object options, Checkpoint model)
        => new GateRun().With(ArtifactRole.Model, "model.safetensors", model).With(ArtifactRole.Architecture, "expected.json", Expected).Judge(gate, options).Should().ContainSingle().Which.Judgement;
}
