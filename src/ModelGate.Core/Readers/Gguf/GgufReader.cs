using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Gguf;

/// <summary>Reads GGUF, versions 2 and 3: metadata, a list of tensors, and their bytes, each at an aligned offset.</summary>
/// <remarks>The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Shapes are given in NumPy's order, which is the file's reversed.</remarks>
[Reader(ReaderAttribute.BySignature + 50)]
internal sealed class GgufReader : ArtifactReader
{
    private const uint DefaultAlignment = 32;

    /// <inheritdoc/>
    public override string Format => "gguf";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("GGUF"u8);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var input = new GgufInput(source, budget);
        var version = input.ReadVersion();
        if (version is not (2 or 3))
        {
            throw new ArtifactFault(FaultReason.Version, SafeText.Of($"the file is of GGUF version {version}: 2 and 3 are known"), 4);
        }

        var tensorCount = input.ReadCount(budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        var keyCount = input.ReadCount(budget.Limits.MetadataEntries, nameof(ReadLimits.MetadataEntries), "the number of metadata keys");
        var metadata = new GgufMetadata(input, budget).Read(keyCount);
        var alignment = Alignment(metadata);
        var layout = new GgufTensors(input, budget, alignment);
        var tensors = layout.Read(tensorCount);
        if (!metadata.Exists(m => m.Key == "gguf.version"))
        {
            metadata.Insert(0, new("gguf.version", new MetadataValue.Integer(version)));
        }

        return new Checkpoint(Format, tensors, "", metadata, []) { Warnings = layout.Warnings };
    }

    private static uint Alignment(List<KeyValuePair<string, MetadataValue>> metadata)
        => metadata.Find(m => m.Key == "general.alignment").Value switch
        {
            null => DefaultAlignment,
            MetadataValue.Integer { Value: > 0 and <= 1 << 20 and var value } when value % 8 == 0 => (uint)value,
            MetadataValue.Integer { Value: var value } => throw Bad(value.ToString(CultureInfo.InvariantCulture)),
            _ => throw Bad("no integer"),
        };

    private static ArtifactFault Bad(string alignment) => new(FaultReason.Alignment, SafeText.Of($"general.alignment is {alignment}: a multiple of 8 up to {1 << 20} is expected"));
}
