using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Architecture.Remapping;

/// <summary>Elements as numbers of double precision, and back.</summary>
internal static class TensorValues
{
    /// <summary>Most elements that are held in memory at once.</summary>
    public const int Block = 16 << 10;

    /// <summary>Largest tensor that an operation takes whole, in bytes.</summary>
    private const long LargestWhole = 1L << 30;

    /// <summary>Decodes elements of a tensor.</summary>
    public static void Read(TensorEntry tensor, long first, Span<double> numbers)
    {
        var bytes = new byte[numbers.Length * tensor.DType.ItemSize()];
        tensor.Data!.CopyElements(first, bytes);
        TensorNumbers.Decode(tensor.DType, bytes, numbers);
    }

    /// <summary>All elements of a tensor.</summary>
    /// <exception cref="RemappingException">It is too large to be held.</exception>
    public static double[] All(TensorEntry tensor)
    {
        RequireWhole(tensor);
        var numbers = new double[tensor.Elements];
        for (var first = 0L; first < numbers.Length; first += Block)
        {
            Read(tensor, first, numbers.AsSpan((int)first, (int)Math.Min(Block, numbers.Length - first)));
        }

        return numbers;
    }

    /// <summary>Refuses a tensor that is too large to be held in memory.</summary>
    public static void RequireWhole(TensorEntry tensor)
    {
        if (tensor.Elements > LargestWhole / sizeof(double))
        {
            throw new RemappingException(SafeText.Of($"{tensor.Name} of {tensor.Elements} elements is too large for this operation"));
        }
    }

    /// <summary>Refuses an element type that arithmetic cannot be written back to.</summary>
    public static void RequireFloating(string name, params ReadOnlySpan<TensorEntry> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.DType is not (DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64))
            {
                throw new RemappingException(SafeText.Of($"{name} cannot be computed from {tensor.DType.Name()}: floating-point weights are wanted"));
            }
        }
    }

    /// <summary>Encodes numbers, to nearest and ties to even.</summary>
    public static void Encode(DType type, ReadOnlySpan<double> numbers, Span<byte> destination)
    {
        switch (type)
        {
            case DType.Float64:
                numbers.CopyTo(MemoryMarshal.Cast<byte, double>(destination));
                break;
            case DType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(destination);
                for (var i = 0; i < numbers.Length; i++)
                {
                    halves[i] = (Half)numbers[i];
                }

                break;
            default:
                var singles = new float[numbers.Length];
                for (var i = 0; i < numbers.Length; i++)
                {
                    singles[i] = (float)numbers[i];
                }

                ElementRounding.Round(MemoryMarshal.AsBytes(singles.AsSpan()), DType.Float32, destination, type);
                break;
        }
    }
}
