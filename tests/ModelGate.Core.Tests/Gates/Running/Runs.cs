using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Running;

/// <summary>Models whose runs are told and not made.</summary>
internal static class Runs
{
    public static readonly Checkpoint Generator = MadeTensor.Checkpoint(MadeTensor.Of("conv_pre.weight", DType.Float32, [0, 0, 128, 63, 0, 0, 0, 64]));

    public static readonly Checkpoint TorchScript = new("torchscript", [], "", [], []);

    public static ModelRunAnswer Loaded(int step = 0) => new() { Step = step, Ok = true, Parameters = 13_936_130, Tensors = 234, Missing = [], Unexpected = [], Shapes = [], Family = "hifi-gan", Variant = "v1", Spelling = "weight_norm" };

    public static ModelRunAnswer Ran(int step, string sha256 = "a", long[]? shape = null, long[]? expected = null, bool finite = true, OutputDifference? difference = null)
        => new() { Step = step, Ok = true, Outputs = [new RunOutput("audio", shape ?? [1, 1, 16384], finite, -0.4, 0.5, 0.06, sha256)], ExpectedShape = expected ?? [1, 1, 16384], Difference = difference };

    public static ModelRunReport Report(params ModelRunAnswer[] answers) => new(answers);

    public static ModelRunReport Ended(ModelRunEndKind kind, string sentence, params ModelRunAnswer[] answers) => new(answers) { End = new ModelRunEnd(kind, SafeText.From(sentence)) };

    /// <summary>What a gate says of a model whose run comes to a report.</summary>
    public static Judgement Judge(Gate gate, object options, ModelRunReport report, Checkpoint? model = null)
        => new GateRun { Runs = _ => report }.With(ArtifactRole.Model, "model.pth", model ?? Generator).Judge(gate, options).Should().ContainSingle().Subject.Judgement;
}
