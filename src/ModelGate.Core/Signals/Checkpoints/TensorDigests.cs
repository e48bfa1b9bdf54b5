using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>A SHA-256.</summary>
internal readonly record struct Digest(UInt128 High, UInt128 Low);

/// <summary>What the elements of a tensor are known by, once the file is closed.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes of the dimensions.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Exact">The digest of the elements as they are; null where the file does not hold them.</param>
/// <param name="Half">The digest of the elements rounded to float16; null where that is not a rounding.</param>
internal sealed record TensorDigest(DType DType, IReadOnlyList<long> Shape, long Elements, Digest? Exact, Digest? Half)
{
    /// <summary>The dimensions that only repeat elements: the digests are those of their first index, and compare with digests of the same kind alone.</summary>
    public IReadOnlyList<int> Expanded { get; init; } = [];

    /// <summary>How many elements are NaN.</summary>
    public long NaN { get; init; }

    /// <summary>How many elements are infinite.</summary>
    public long Infinite { get; init; }

    /// <summary>How many finite elements are beyond what float16 holds.</summary>
    public long BeyondHalf { get; init; }

    /// <summary>Whether its infinities are meant, as those of an attention mask are.</summary>
    public bool IsMask { get; init; }

    /// <summary>How many elements are NaN or infinite without being meant so.</summary>
    public long NotFinite => IsMask ? 0 : NaN + Infinite;

    /// <summary>Whether equality proves something: two different finite elements at least. A constant, and NaN, equals its like in any model.</summary>
    public bool IsTelling { get; init; }
}

/// <summary>The digests of a file's weights.</summary>
/// <param name="ByName">The state_dict, by the name in it.</param>
/// <param name="Label">What an export says of itself in its <c>info</c>; null where it says nothing.</param>
/// <remarks>
/// Tensors of two files are compared by digest, so that each file is read once and no two have to be open at a time. SHA-256, since a file
/// may be made to deceive.
/// </remarks>
internal sealed record TensorDigests(IReadOnlyDictionary<string, TensorDigest> ByName, string? Label)
{
    /// <summary>Every set of weights that the file holds, the state_dict first: an average of the weights stands beside them, or among them.</summary>
    public IReadOnlyList<WeightSet<TensorDigest>> Sets { get; init; } = [];
}
