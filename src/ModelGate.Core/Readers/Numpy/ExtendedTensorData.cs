using System.Buffers.Binary;
using ModelGate.Artifacts;
using ModelGate.Bytes;

namespace ModelGate.Readers.Numpy;

/// <summary>x86's extended floats (64 bits of mantissa, 15 of exponent, in 16 bytes) read as binary64.</summary>
/// <param name="source">Holds the bytes.</param>
/// <param name="start">Where they begin.</param>
/// <param name="columnMajor">The sizes, where the first index runs fastest; else null.</param>
internal sealed class ExtendedTensorData(IByteSource source, long start, long[]? columnMajor) : ITensorData
{
    private const int Stored = 16;
    private const int Bias = 16383;

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[Stored];
        for (var i = 0; i < destination.Length / sizeof(double); i++)
        {
            source.ReadExactly(start + (Place(first + i) * Stored), block, "a tensor");
            BinaryPrimitives.WriteDoubleLittleEndian(destination[(i * sizeof(double))..], Value(block));
        }
    }

    private static double Value(ReadOnlySpan<byte> block)
    {
        var mantissa = BinaryPrimitives.ReadUInt64LittleEndian(block);
        var head = BinaryPrimitives.ReadUInt16LittleEndian(block[8..]);
        var exponent = head & 0x7FFF;
        var magnitude = exponent == 0x7FFF
            ? (mantissa << 1) == 0 ? double.PositiveInfinity : double.NaN
            : Math.ScaleB((double)mantissa, exponent - Bias - 63);
        return (head & 0x8000) == 0 ? magnitude : -magnitude;
    }

    private long Place(long element)
    {
        if (columnMajor is null)
        {
            return element;
        }

        // The last index of a row-major count runs fastest; its stride in the file is the product of all sizes before it.
        var stride = 1L;
        foreach (var size in columnMajor)
        {
            stride *= size;
        }

        var place = 0L;
        for (var i = columnMajor.Length - 1; i >= 0; i--)
        {
            stride /= columnMajor[i];
            place += element % columnMajor[i] * stride;
            element /= columnMajor[i];
        }

        return place;
    }
}
