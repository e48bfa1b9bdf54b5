using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using static TorchSharp.torch;

namespace ModelGate.Torch.Weights;

/// <summary>Elements of files as tensors of libtorch, and back.</summary>
internal static class TensorElements
{
    private const int Block = 1 << 16;

    /// <summary>The elements of an entry, in its own type where libtorch computes with that.</summary>
    /// <exception cref="ModelException">The file does not hold them, or they are no numbers.</exception>
    public static Tensor Of(TensorEntry entry)
    {
        if (entry.Data is null || entry.IsEndless)
        {
            throw new ModelException(SafeText.Of($"the file does not hold the elements of {entry.Name}"));
        }

        try
        {
            return TypeOf(entry.DType) is { } type ? Copied(entry, type) : Decoded(entry);
        }
        catch (ArtifactFault fault)
        {
            throw new ModelException(SafeText.Of($"{entry.Name} cannot be read: {fault.Sentence}"));
        }
    }

    /// <summary>A tensor of binary32, which is computed with: half precision is widened, so that rounded weights stay rounded.</summary>
    public static Tensor Single(TensorEntry entry)
    {
        var loaded = Of(entry);
        if (loaded.dtype == ScalarType.Float32)
        {
            return loaded;
        }

        using (loaded)
        {
            return loaded.to_type(ScalarType.Float32);
        }
    }

    /// <summary>A tensor as an entry that a writer takes.</summary>
    public static TensorEntry Entry(string name, Tensor tensor)
    {
        using var whole = tensor.is_sparse ? throw new ModelException(SafeText.Of($"the output {name} is sparse, and cannot be written")) : tensor.contiguous();
        var type = DTypeOf(whole.dtype) ?? throw new ModelException(SafeText.Of($"the output {name} is {whole.dtype.ToString()}, which cannot be written"));
        return new TensorEntry(name, type, whole.shape, whole.NumberOfElements, new BytesTensorData(whole.bytes.ToArray(), type.ItemSize()));
    }

    private static Tensor Copied(TensorEntry entry, ScalarType type)
    {
        var tensor = empty([.. entry.Shape], type);
        if (entry.Elements > 0)
        {
            entry.Data!.CopyElements(0, tensor.bytes);
        }

        return tensor;
    }

    private static Tensor Decoded(TensorEntry entry)
    {
        if (TensorNumbers.PerElement(entry.DType) != 1)
        {
            throw new ModelException(SafeText.Of($"{entry.Name} is {entry.DType.Name()}, which cannot be computed with"));
        }

        var numbers = new float[entry.Elements];
        var item = entry.DType.ItemSize();
        var bytes = new byte[Block * item];
        var doubles = new double[Block];
        for (var first = 0L; first < numbers.Length; first += Block)
        {
            var count = (int)Math.Min(Block, numbers.Length - first);
            entry.Data!.CopyElements(first, bytes.AsSpan(0, count * item));
            TensorNumbers.Decode(entry.DType, bytes.AsSpan(0, count * item), doubles.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                numbers[first + i] = (float)doubles[i];
            }
        }

        return tensor(numbers).reshape([.. entry.Shape]);
    }

    private static ScalarType? TypeOf(DType type) => type switch
    {
        DType.Float32 => ScalarType.Float32,
        DType.Float16 => ScalarType.Float16,
        DType.BFloat16 => ScalarType.BFloat16,
        DType.Float64 => ScalarType.Float64,
        DType.Int64 => ScalarType.Int64,
        DType.Int32 => ScalarType.Int32,
        DType.Int16 => ScalarType.Int16,
        DType.Int8 => ScalarType.Int8,
        DType.UInt8 => ScalarType.Byte,
        DType.Bool => ScalarType.Bool,
        _ => null,
    };

    private static DType? DTypeOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => DType.Float32,
        ScalarType.Float16 => DType.Float16,
        ScalarType.BFloat16 => DType.BFloat16,
        ScalarType.Float64 => DType.Float64,
        ScalarType.Int64 => DType.Int64,
        ScalarType.Int32 => DType.Int32,
        ScalarType.Int16 => DType.Int16,
        ScalarType.Int8 => DType.Int8,
        ScalarType.Byte => DType.UInt8,
        ScalarType.Bool => DType.Bool,
        _ => null,
    };
}
