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
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || GptSovitsHead.VersionOf(head) is not null;

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        Span<byte> head = stackalloc byte[4];
        var version = GptSovitsHead.VersionOf(head[..request.Source.Read(0, head)]);
        var archive = ZipDirectory.Read(version is null ? request.Source : new GptSovitsHead(request.Source), request.Budget);
        var kind = ArtifactReaders.Archives.First(k => k.Recognises(archive));
        try
        {
            var artifact = kind.Read(archive, request.Budget);
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
