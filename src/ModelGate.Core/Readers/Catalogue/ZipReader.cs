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
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || GptSovitsHead.VersionOf(head) is not null;

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        Span<byte> head = stackalloc byte[4];
        var version = GptSovitsHead.VersionOf(head[..source.Read(0, head)]);
        var archive = ZipDirectory.Read(version is null ? source : new GptSovitsHead(source), budget);
        var kinds = ArtifactReaders.Archives.Where(k => k.Recognises(archive)).ToArray();
        if (kinds.Length > 1)
        {
            throw Mixed(archive, kinds, budget);
        }

        // The last one says of an archive of no kind what is missing.
        var kind = kinds is [var only] ? only : ArtifactReaders.Archives[^1];
        try
        {
            var artifact = kind.Read(archive, budget);
            return version is null ? artifact : artifact with
            {
                Warnings = [SafeText.Of($"this is a checkpoint of GPT-SoVITS {version}, whose first two bytes name the version in place of PK: GPT-SoVITS reads it, and torch.load by itself does not"), .. artifact.Warnings],
            };
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
