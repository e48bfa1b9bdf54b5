using ModelGate.Artifacts;
using ModelGate.Readers.Loaders;
using ModelGate.Syntax.Pickle.Globals;

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
        if (array.IsObject)
        {
            var log = new GlobalLog();
            array.Walk(source, source.Length, budget, log);
            var refused = array.Refusal();
            log.Explain(refused);
            throw refused;
        }

        return array.End < source.Length && OtherReadings.FindBehind(source, array.End, budget) is { } other
            ? throw other
            : new Checkpoint(Format, array.Tensor is { } tensor ? [tensor] : [], "", [], []) { Warnings = array.Warnings };
    }
}
