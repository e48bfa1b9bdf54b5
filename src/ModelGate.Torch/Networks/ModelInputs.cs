using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>Looks up inputs by name, and says what is wrong with them.</summary>
internal static class ModelInputs
{
    /// <summary>An input that has to be there.</summary>
    /// <exception cref="ModelException">It is not.</exception>
    public static Tensor Find(IReadOnlyDictionary<string, Tensor> inputs, string name, string what)
        => inputs.GetValueOrDefault(name) ?? throw new ModelException(SafeText.Of(
            $"there is no input \"{name}\", {SafeText.From(what)}; there {(inputs.Count == 1 ? "is" : "are")} {(inputs.Count == 0 ? "none" : string.Join(", ", inputs.Keys))}"));

    /// <summary>A shape as a sentence shows it.</summary>
    public static SafeText Shown(IReadOnlyList<long> shape) => SafeText.Of($"[{SafeText.From(string.Join(", ", shape))}]");
}
