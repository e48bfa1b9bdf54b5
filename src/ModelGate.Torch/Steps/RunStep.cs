using System.Security.Cryptography;
using ModelGate.ModelRuns;
using ModelGate.Torch.Models;
using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>Runs the model once, and measures what comes out.</summary>
internal static class RunStep
{
    private const int MostFrames = 100_000;
    private const int LargestBatch = 64;

    /// <summary>Does the step.</summary>
    public static ModelRunAnswer Do(ModelRunStep.Run step, RunnableModel model, ArtifactFiles files)
    {
        var inputs = Inputs(step, model, files);
        if (step.Noise)
        {
            manual_seed(step.Generate?.Seed ?? 0);
        }

        var outputs = model.Run(inputs, step.Noise);
        if (step.Output is not null)
        {
            TensorFiles.Write(step.Output, outputs);
        }

        return new ModelRunAnswer
        {
            Step = 0,
            Ok = true,
            Outputs = [.. outputs.Select(o => Measure(o.Name, o.Value))],
            Difference = step.Expected is null ? null : Differences.Of(outputs, TensorFiles.Read(step.Expected, files)),
            ExpectedShape = model.Network is { } network ? [inputs.Values.First().shape[0], 1, network.FramesOf(inputs) * network.Hop] : null,
        };
    }

    /// <summary>The inputs that a step names, or that it has generated.</summary>
    public static IReadOnlyDictionary<string, Tensor> Inputs(ModelRunStep.Run step, RunnableModel model, ArtifactFiles files)
    {
        if (step.Inputs is not null)
        {
            return TensorFiles.Read(step.Inputs, files);
        }

        if (step.Generate is not { } generate)
        {
            throw new ModelException(SafeText.Of($"the step names no inputs"));
        }

        if (generate.Frames is < 1 or > MostFrames || generate.Batch is < 1 or > LargestBatch)
        {
            throw new ModelException(SafeText.Of($"inputs of {generate.Frames} frames in a batch of {generate.Batch} cannot be generated: at most {MostFrames} and {LargestBatch}"));
        }

        return model is NetworkModel known
            ? known.Loaded().Generate(generate.Frames, generate.Batch, generate.Seed)
            : throw new ModelException(SafeText.Of($"what the model takes is not known, so its inputs have to be named"));
    }

    /// <summary>An output in a few numbers.</summary>
    public static RunOutput Measure(string name, Tensor output)
    {
        using var scope = NewDisposeScope();
        var whole = output.contiguous();
        var digest = Convert.ToHexStringLower(SHA256.HashData(whole.bytes));
        if (whole.NumberOfElements == 0)
        {
            return new RunOutput(name, output.shape, true, null, null, null, digest);
        }

        var numbers = Numbers.Of(whole);
        var isFinite = numbers.isfinite();
        var finite = numbers.masked_select(isFinite);
        var all = finite.NumberOfElements == numbers.NumberOfElements;
        return finite.NumberOfElements == 0
            ? new RunOutput(name, output.shape, false, null, null, null, digest)
            : new RunOutput(name, output.shape, all, finite.min().item<double>(), finite.max().item<double>(), Numbers.Rms(finite), digest);
    }
}
