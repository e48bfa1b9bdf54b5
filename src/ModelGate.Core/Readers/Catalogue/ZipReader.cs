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
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || GptSovitsHead.VersionOf(head) is not null;

    /// <inheritdoc/>
    public override Artifact Read(IByteSource source, ReadBudget budget)
    {
        Span<byte> head = stackalloc byte[4];
        var version = GptSovitsHead.VersionOf(head[..source.Read(0, head)]);
        var archive = ZipDirectory.Read(version is null ? source : new GptSovitsHead(source), budget);
        var kind = Array.Find(Kinds, k => k.Recognises(archive))!;
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
}
