using ModelGate.Artifacts;

namespace ModelGate.Architecture.Keys;

/// <summary>Tensors without elements, which a distributed trainer leaves where the weights were not gathered before they were saved.</summary>
internal static class EmptyTensors
{
    /// <summary>What to do about weights that were saved from one of several processes.</summary>
    public static SafeText Advice => SafeText.Of(
        $"saved under DeepSpeed ZeRO-3 without gathering; gather the weights before saving (stage3_gather_16bit_weights_on_model_save, deepspeed.zero.GatheredParameters), or rebuild them from the training checkpoint with zero_to_fp32.py");

    /// <summary>Whether a shape has no elements.</summary>
    public static bool Is(IReadOnlyList<long> shape) => shape.Contains(0);

    /// <summary>Why a checkpoint's weights are none: most tensors hold nothing, buffers aside, which no process shares out. Empty where they are weights.</summary>
    public static SafeText Problem(Checkpoint checkpoint)
    {
        // Nearly every file leaves here, and its names are not looked at one by one.
        if (!checkpoint.Tensors.Any(t => Is(t.Shape)))
        {
            return SafeText.Empty;
        }

        var prefix = checkpoint.StateDict.Length == 0 ? "" : checkpoint.StateDict + ".";
        var (all, empty, learned) = (0, 0, 0);
        foreach (var tensor in checkpoint.Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            all++;
            empty += Is(tensor.Shape) ? 1 : 0;
            learned += Is(tensor.Shape) || !BufferKeys.Is(tensor.Name[prefix.Length..]) ? 1 : 0;
        }

        return empty * 2 <= learned
            ? SafeText.Empty
            : SafeText.Of($"{empty} of {all} tensors are empty, so that the file holds names and no weights: {Advice}");
    }
}
