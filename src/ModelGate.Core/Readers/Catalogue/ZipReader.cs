using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Catalogue;

/// <summary>Reads zip archives: the directory, which is read once, says which kind of archive it is.</summary>
[Reader(ReaderAttribute.BySignature)]
internal sealed class ZipReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "zip";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var archive = ZipDirectory.Read(request.Source, request.Budget);
        var kind = ArtifactReaders.Archives.First(k => k.Recognises(archive));
        try
        {
            return kind.Read(archive, request.Budget);
        }
        catch (ArtifactFault fault)
        {
            fault.Format ??= kind.Format;
            throw;
        }
    }
}
