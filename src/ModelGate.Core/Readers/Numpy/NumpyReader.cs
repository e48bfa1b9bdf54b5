using ModelGate.Artifacts;

namespace ModelGate.Readers.Numpy;

/// <summary>Reads what numpy.save writes: one array, whose name is empty.</summary>
/// <remarks>The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Pickled objects are refused, as numpy.load does.</remarks>
[Reader(ReaderAttribute.BySignature + 40)]
internal sealed class NumpyReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "numpy";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith(NumpyHeader.Magic);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var array = NumpyArray.Read("", source, 0, source.Length, budget);
        return array.IsObject
            ? throw array.Refusal()
            : new Checkpoint(Format, array.Tensor is { } tensor ? [tensor] : [], "", [], []) { Warnings = array.Warnings };
    }
}
