using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Safetensors;

/// <summary>Reads safetensors: a length, a JSON header of names, types, shapes and ranges, and the bytes of the tensors without a gap.</summary>
/// <remarks>The format: https://github.com/huggingface/safetensors#format. Of the tensors nothing is read before somebody asks for elements.</remarks>
[Reader(ReaderAttribute.ByStructure)]
internal sealed class SafetensorsReader : ArtifactReader
{
    private const int LengthBytes = 8;

    /// <inheritdoc/>
    public override string Format => "safetensors";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        // A header length that can be true has zeros in its upper half, which no text has there.
        if (head.Length >= LengthBytes && BitConverter.ToUInt64(head) is > 0 and <= 100_000_000)
        {
            return head.Length <= LengthBytes + 1 || head[LengthBytes] is (byte)'{' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
        }

        return head.Length > LengthBytes && head[LengthBytes] == (byte)'{' && head[..LengthBytes].ContainsAnyExceptInRange((byte)0x09, (byte)0x7E);
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var file = ReadFile(source, budget);
        return new Checkpoint(Format, file.Tensors, "", file.Metadata, []) { Warnings = file.Warnings };
    }

    /// <summary>Reads one file, alone or as a shard.</summary>
    /// <exception cref="ArtifactFault">The file breaks a rule of the format.</exception>
    internal static SafetensorsFile ReadFile(IByteSource source, ReadBudget budget)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        source.ReadExactly(0, length, "the length of the header");
        var header = BitConverter.ToUInt64(length);
        if (header > (ulong)budget.Limits.SafetensorsHeaderBytes)
        {
            throw new ArtifactFault(FaultReason.HeaderLength, SafeText.Of($"the header claims {header} bytes, at most {budget.Limits.SafetensorsHeaderBytes} are allowed"), 0);
        }

        if (header > (ulong)(source.Length - LengthBytes))
        {
            throw new ArtifactFault(FaultReason.HeaderLength, SafeText.Of($"the header claims {header} bytes, and {source.Length - LengthBytes} follow"), 0);
        }

        var entries = SafetensorsHeader.Parse(source.ReadArray(LengthBytes, (long)header, "the header"), budget);
        return SafetensorsLayout.Lay(entries, source, LengthBytes + (long)header, budget);
    }
}

/// <summary>What one safetensors file holds.</summary>
/// <param name="Tensors">The tensors, in the order of the header.</param>
/// <param name="Metadata">The texts under <c>__metadata__</c>.</param>
/// <param name="TensorBytes">How many bytes the tensors take.</param>
/// <param name="Warnings">What is odd.</param>
internal sealed record SafetensorsFile(
    IReadOnlyList<TensorEntry> Tensors, IReadOnlyList<KeyValuePair<string, MetadataValue>> Metadata, long TensorBytes, IReadOnlyList<SafeText> Warnings)
{
    /// <summary>What a shard of PyTorch's format holds besides; null for one of safetensors.</summary>
    public Checkpoint? PyTorch { get; init; }
}
