namespace ModelGate.Architecture.Keys;

/// <summary>How a key of the mapped state_dict comes from keys of the file.</summary>
internal enum KeyOperation
{
    /// <summary>The tensor as it is, perhaps under another name.</summary>
    Copy,

    /// <summary>weight = v * g / norm(v); from g, then v.</summary>
    Fold,

    /// <summary>The magnitude of a weight, weight norm's g: the norm over all dimensions but those of the expected shape.</summary>
    Magnitude,

    /// <summary>weight + scale * B A; from A, then B, then the weight.</summary>
    MergeAdapter,

    /// <summary>The tensor with its dimensions in another order.</summary>
    Permute,

    /// <summary>The same elements under another shape.</summary>
    Reshape,

    /// <summary>Several tensors one after the other along the first dimension.</summary>
    Concatenate,

    /// <summary>A range of the first dimension.</summary>
    Slice,

    /// <summary>Left out.</summary>
    Drop,
}

/// <summary>Where a mapped key comes from.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="From">The names in the file, in the order that the operation says.</param>
internal sealed record KeyOrigin(KeyOperation Operation, IReadOnlyList<string> From)
{
    /// <summary>The order of the dimensions (<see cref="KeyOperation.Permute"/>), or the first row (<see cref="KeyOperation.Slice"/>).</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];

    /// <summary>The factor of <see cref="KeyOperation.MergeAdapter"/>: alpha / rank; null where no name and no shape says it.</summary>
    public double? Scale { get; init; }
}
