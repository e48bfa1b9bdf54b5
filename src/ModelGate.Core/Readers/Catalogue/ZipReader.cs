using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Archives;
using ModelGate.Readers.Loaders;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Catalogue;

/// <summary>Reads zip archives: the directory, which is read once, says which kind of archive it is.</summary>
[Reader(ReaderAttribute.BySignature)]
internal sealed class ZipReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "zip";

    /// <inheritdoc/>
    public override LoaderFormat Loader => LoaderFormat.Zip;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var archive = ZipDirectory.Read(request.Source, request.Budget);
        var kinds = ArtifactReaders.Archives.Where(k => k.Recognises(archive)).ToArray();
        if (kinds.Length > 1)
        {
            throw Mixed(archive, kinds, request.Budget);
        }

        // The last one says of an archive of no kind what is missing.
        var kind = kinds is [var only] ? only : ArtifactReaders.Archives[^1];
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

    // Records of another kind of archive send another loader, or another version of it, to other records.
    private static ArtifactFault Mixed(ZipDirectory archive, ArchiveReader[] kinds, ReadBudget budget)
    {
        var log = new GlobalLog();
        StrayPickles.List(archive, _ => true, budget, log);
        var fault = new ArtifactFault(
            FaultReason.OtherReading, SafeText.Of($"the archive has records of several kinds, and each loader reads others: {SafeText.Join(", ", kinds.Select(k => SafeText.From(k.Format)))}"), 0);
        fault.Globals = log.ToList();
        return log.Danger(fault) ?? fault;
    }
}
