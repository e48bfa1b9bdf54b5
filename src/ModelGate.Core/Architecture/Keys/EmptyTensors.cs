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

    /// <summary>Why weights are none: most tensors hold nothing, buffers aside, which no process shares out. Empty where they are weights.</summary>
    public static SafeText Problem(IReadOnlyDictionary<string, TensorEntry> weights)
    {
        var (empty, learned) = (0, 0);
        foreach (var (name, tensor) in weights)
        {
            empty += Is(tensor.Shape) ? 1 : 0;
            learned += Is(tensor.Shape) || !BufferKeys.Is(name) ? 1 : 0;
        }

        return empty * 2 <= learned
            ? SafeText.Empty
            : SafeText.Of($"{empty} of {weights.Count} tensors are empty, so that the file holds names and no weights: {Advice}");
    }
}
