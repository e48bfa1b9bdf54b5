using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>A SHA-256.</summary>
internal readonly record struct Digest(UInt128 High, UInt128 Low);

/// <summary>What the elements of a tensor are known by, once the file is closed.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes of the dimensions.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Exact">The digest of the elements as they are; null where the file does not hold them.</param>
/// <param name="Half">The digest of the elements rounded to float16; null where that is no rounding.</param>
internal sealed record TensorDigest(DType DType, IReadOnlyList<long> Shape, long Elements, Digest? Exact, Digest? Half)
{
    /// <summary>The dimensions that only repeat elements: the digests are those of their first index, and compare with digests of the same kind alone.</summary>
    public IReadOnlyList<int> Expanded { get; init; } = [];
}

/// <summary>The digests of a state_dict.</summary>
/// <param name="ByName">By the name in the state_dict.</param>
/// <param name="Label">What an export says of itself in its <c>info</c>; null where it says nothing.</param>
/// <remarks>
/// Tensors of two files are compared by digest, so that each file is read once and no two have to be open at a time. SHA-256, since a file
/// may be made to deceive.
/// </remarks>
internal sealed record TensorDigests(IReadOnlyDictionary<string, TensorDigest> ByName, string? Label);
