using ModelGate.Artifacts;
using ModelGate.ModelRuns;
using ModelGate.Torch.Networks.Rvc;
using ModelGate.Torch.Weights;
using static TorchSharp.torch;

namespace ModelGate.Torch.Synthesis;

/// <summary>A segment of an RVC data set as the network takes it: features each twice, and pitch, cut to the shorter of the two.</summary>
internal static class FeatureInput
{
    // Features come fifty times a second, pitch a hundred times.
    private const long Repeats = 2;

    /// <summary>The network's inputs.</summary>
    /// <exception cref="ModelException">A file is missing or has another form.</exception>
    public static IReadOnlyDictionary<string, Tensor> Of(ModelRunStep.Synthesize step, RvcNetwork network, ArtifactFiles files)
    {
        var features = Array(files, step.Features, "features", 2);
        if (features.shape[1] != network.FeatureWidth)
        {
            throw new ModelException(SafeText.Of($"{Path.GetFileName(step.Features!)} has {features.shape[1]} numbers a frame, and the network takes {network.FeatureWidth}"));
        }

        features = features.repeat_interleave(Repeats, 0);
        var pitch = network.HasPitch ? Array(files, step.Pitch, "coarse pitch", 1) : null;
        var finePitch = network.HasPitch ? Array(files, step.FinePitch, "pitch in Hz", 1) : null;
        var frames = new[] { features.shape[0], pitch?.shape[0] ?? long.MaxValue, finePitch?.shape[0] ?? long.MaxValue }.Min();
        if (frames < 1)
        {
            throw new ModelException(SafeText.Of($"{Path.GetFileName(step.Features!)} and its pitch have no frames in common"));
        }

        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [RvcNetwork.Features] = features.narrow(0, 0, frames).unsqueeze(0).contiguous(),
            [RvcNetwork.Speaker] = tensor([(long)step.Speaker]),
        };
        if (pitch is not null && finePitch is not null)
        {
            inputs[RvcNetwork.Pitch] = pitch.narrow(0, 0, frames).unsqueeze(0).to_type(ScalarType.Int64);
            inputs[RvcNetwork.FinePitch] = finePitch.narrow(0, 0, frames).unsqueeze(0);
        }

        return inputs;
    }

    private static Tensor Array(ArtifactFiles files, string? path, string what, int rank)
    {
        if (path is null)
        {
            throw new ModelException(SafeText.Of($"the network takes {SafeText.From(what)}, and no file is named for it"));
        }

        TensorEntry entry = files.Array(path);
        if (entry.Shape.Count != rank)
        {
            throw new ModelException(SafeText.Of($"{Path.GetFileName(path)} has {SafeText.Count(entry.Shape.Count, "dimension")}, and {SafeText.From(what)} {rank}"));
        }

        var values = TensorElements.Single(entry);
        return values.isfinite().all().item<bool>() ? values : throw new ModelException(SafeText.Of($"{Path.GetFileName(path)} contains NaN or infinity, so the audio would too"));
    }
}
