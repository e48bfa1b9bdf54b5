using ModelGate.Faults;

namespace ModelGate.Artifacts;

/// <summary>A pickle that is not a checkpoint: data of Python, without tensors.</summary>
/// <param name="Format">The format.</param>
/// <param name="Outline">What it holds, a line for each value near the root.</param>
/// <param name="Globals">The names that it imports, sorted ordinally.</param>
internal sealed record PickledData(string Format, IReadOnlyList<SafeText> Outline, IReadOnlyList<GlobalUse> Globals) : Artifact(Format)
{
    /// <inheritdoc/>
    public override string Kind => "data";
}
