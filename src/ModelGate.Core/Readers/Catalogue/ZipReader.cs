using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Numpy;
using ModelGate.Readers.PyTorch;
using ModelGate.Readers.TorchExport;
using ModelGate.Readers.TorchScript;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Catalogue;

/// <summary>Reads zip archives: what an archive is stands in its directory, which is read once.</summary>
internal sealed class ZipReader : ArtifactReader
{
    // A program or native code decides first, whatever else lies in the archive; PyTorch's checkpoints are what is left.
    private static readonly ZipFormatReader[] Kinds = [new TorchScriptReader(), new TorchExportReader(), new NpzReader(), new PyTorchZipReader()];

    /// <inheritdoc/>
    public override string Format => "pytorch-zip";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8);

    /// <inheritdoc/>
    public override Artifact Read(IByteSource source, ReadBudget budget)
    {
        var archive = ZipDirectory.Read(source, budget);
        var kind = Array.Find(Kinds, k => k.Recognises(archive))!;
        try
        {
            return kind.Read(archive, budget);
        }
        catch (ArtifactFault fault)
        {
            fault.Format ??= kind.Format;
            throw;
        }
    }
}
