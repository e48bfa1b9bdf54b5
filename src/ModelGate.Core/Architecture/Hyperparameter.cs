namespace ModelGate.Architecture;

/// <summary>A hyperparameter as one place states it.</summary>
/// <param name="Name">The name that trainers give it, such as <c>upsample_kernel_sizes</c>.</param>
/// <param name="Values">The number, or the numbers of a list.</param>
/// <param name="Place">Where it stands: a key, a path in a configuration. Text from a file.</param>
internal sealed record Hyperparameter(string Name, IReadOnlyList<long> Values, string Place)
{
    /// <summary>The value as a sentence prints it.</summary>
    public SafeText Shown => Values is [var one] ? SafeText.Of($"{one}") : SafeText.Of($"[{string.Join(", ", Values.Take(12))}{(Values.Count > 12 ? ", ..." : "")}]");
}
