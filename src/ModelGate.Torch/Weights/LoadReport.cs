using ModelGate.ModelRuns;

namespace ModelGate.Torch.Weights;

/// <summary>What loading came to: strict, so that every difference is in it.</summary>
/// <param name="Parameters">Numbers that were loaded.</param>
/// <param name="Tensors">Tensors that were loaded.</param>
/// <param name="Missing">Keys of the architecture that the file lacks.</param>
/// <param name="Unexpected">Keys of the file that the architecture does not have.</param>
/// <param name="Shapes">Keys whose shapes differ.</param>
/// <param name="Spelling">How the file spells weight norm; null where the architecture has none.</param>
internal sealed record LoadReport(
    long Parameters, int Tensors, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<UnequalShape> Shapes, string? Spelling)
{
    /// <summary>Whether nothing of the architecture is left unset.</summary>
    public bool IsWhole => Missing.Count == 0 && Shapes.Count == 0;

    /// <summary>Refuses to run what is not whole.</summary>
    /// <exception cref="ModelException">Something of the architecture is left unset.</exception>
    public void RequireWhole()
    {
        if (!IsWhole)
        {
            throw new ModelException(SafeText.Of($"the weights are incomplete: {SafeText.Count(Missing.Count, "key is", "keys are")} missing, and {SafeText.Count(Shapes.Count, "shape differs", "shapes differ")}; nothing is run with random numbers in their place"));
        }
    }
}
