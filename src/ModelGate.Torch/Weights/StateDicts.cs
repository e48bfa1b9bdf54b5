using ModelGate.Artifacts;

namespace ModelGate.Torch.Weights;

/// <summary>The weights that are meant in a file that may hold several containers.</summary>
internal static class StateDicts
{
    /// <summary>Those of a container, or those that the reader chose.</summary>
    /// <exception cref="ModelException">There are none.</exception>
    public static IReadOnlyDictionary<string, TensorEntry> Of(Checkpoint checkpoint, string? container)
    {
        var weights = container is null ? checkpoint.Weights : checkpoint.In(container);
        return weights.Count > 0
            ? weights
            : throw new ModelException(container is null ? SafeText.Of($"the file holds no weights") : SafeText.Of($"the file holds no weights below \"{container}\""));
    }
}
