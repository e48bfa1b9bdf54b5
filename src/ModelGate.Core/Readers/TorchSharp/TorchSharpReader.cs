using System.Text.Unicode;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Readers.TorchSharp;

/// <summary>Reads the .dat files of TorchSharp: a count, then name, type, sizes and bytes of each tensor.</summary>
/// <remarks>
/// The format has no signature and no checksum. A file is one where the walk over all its tensors ends exactly at its end.
/// </remarks>
[Reader(ReaderAttribute.ByStructure + 50)]
internal sealed class TorchSharpReader : ArtifactReader
{
    private const int ForeignType = 4711;

    /// <inheritdoc/>
    public override string Format => "torchsharp";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        if (ForeignTexts.IsText(head))
        {
            return false;
        }

        // Count, name and type of the first tensor must be possible.
        if (!Leb128.TryRead(ref head, out var count) || count == 0 || !Leb128.TryRead(ref head, out var length) || length is 0 or > TorchSharpInput.LongestName)
        {
            return false;
        }

        var name = head[..(int)Math.Min((ulong)head.Length, length)];
        if (name.ContainsAnyInRange((byte)0, (byte)0x1F) || !IsText(name))
        {
            return false;
        }

        // A length that counts characters leaves the type in the middle of the name: the reader says so.
        return name.Length == head.Length || name.ContainsAnyInRange((byte)0x80, (byte)0xFF) || (Leb128.TryRead(ref head, name.Length, out var type) && type is < 32 or ForeignType);
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var input = new TorchSharpInput(source);
        try
        {
            return new Checkpoint(Format, Walk(input, source, budget), "", [], []);
        }
        catch (ArtifactFault fault) when (input.SawOtherThanAscii)
        {
            // exportsd.py writes the number of characters where the number of bytes belongs.
            fault.Add(SafeText.Of($"a name before it is not ASCII, and TorchSharp's exportsd.py writes a wrong length for such names"));
            throw;
        }
    }

    // The last character may be cut off by a wrong length, or by the end of the head.
    private static bool IsText(ReadOnlySpan<byte> name)
    {
        for (var cut = 0; cut < Math.Min(4, name.Length); cut++)
        {
            if (Utf8.IsValid(name[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    private static List<TensorEntry> Walk(TorchSharpInput input, IByteSource source, ReadBudget budget)
    {
        var count = input.ReadInteger("the number of tensors");
        ReadBudget.Require(count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors", 0);
        var tensors = new List<TensorEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var at = input.Position;
            var name = input.ReadName();
            if (!names.Add(name))
            {
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two tensors have the name {name}"), at);
            }

            var type = Type(input.ReadInteger("a tensor's type"), name, at);
            var rank = input.ReadInteger("the number of dimensions");
            ReadBudget.Require(rank, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", at);
            var shape = new long[rank];
            for (var d = 0; d < rank; d++)
            {
                shape[d] = input.ReadInteger("a size");
            }

            var elements = TensorShapes.Elements(shape, name, at);
            tensors.Add(AdmittedTensor.Of(new TensorEntry(name, type, shape, elements, new ContiguousTensorData(source, input.Position, type)), budget));
            input.Skip((Int128)elements * type.ItemSize(), name);
        }

        return input.Position == source.Length
            ? tensors
            : throw new ArtifactFault(FaultReason.TrailingBytes, SafeText.Of($"{SafeText.Count(source.Length - input.Position, "byte follows", "bytes follow")} the last tensor"), input.Position);
    }

    private static DType Type(long number, string name, long at) => number switch
    {
        0 => DType.UInt8,
        1 => DType.Int8,
        2 => DType.Int16,
        3 => DType.Int32,
        4 => DType.Int64,
        5 => DType.Float16,
        6 => DType.Float32,
        7 => DType.Float64,
        9 => DType.Complex64,
        10 => DType.Complex128,
        11 => DType.Bool,
        15 => DType.BFloat16,

        // Scale and zero point of a quantized tensor have no place in the file.
        12 or 13 or 14 => throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {name} is quantized, which the format cannot hold"), at),
        ForeignType => throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {name} has the type {ForeignType}: TorchSharp's exportsd.py writes it for what it does not know"), at),
        _ => throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {name} has the type {number}, which is not known"), at),
    };
}
