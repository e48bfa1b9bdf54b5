using ModelGate.Artifacts;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>NumPy's element types, as far as they are numbers.</summary>
internal static class NumpyTypes
{
    /// <summary>The element type of a code such as <c>f8</c>.</summary>
    public static bool TryParse(string code, out DType type)
    {
        DType? found = code switch
        {
            "f2" => DType.Float16, "f4" => DType.Float32, "f8" => DType.Float64, "c8" => DType.Complex64, "c16" => DType.Complex128,
            "i1" => DType.Int8, "i2" => DType.Int16, "i4" => DType.Int32, "i8" => DType.Int64,
            "u1" => DType.UInt8, "u2" => DType.UInt16, "u4" => DType.UInt32, "u8" => DType.UInt64, "b1" => DType.Bool, _ => null,
        };
        type = found ?? default;
        return found is not null;
    }

    /// <summary>Whether NumPy knows a code, and its elements are not objects.</summary>
    public static bool IsKnown(string code) => code.Length > 1 && (code[0], ItemSize(code)) switch
    {
        ('f', var size) => size is 2 or 4 or 8 or 12 or 16,
        ('c', var size) => size is 8 or 16 or 24 or 32,
        ('i' or 'u', var size) => size is 1 or 2 or 4 or 8,
        ('b', var size) => size == 1,
        ('m' or 'M', var size) => size == 8,
        ('S' or 'U' or 'V', var size) => size > 0 || code[1..] == "0",
        _ => false,
    };

    /// <summary>Bytes of one element of any code; 0 where the code is not one of plain data.</summary>
    public static int ItemSize(string code)
        => code.Length > 1 && int.TryParse(code.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var size)
            && size <= 1 << 20
            ? code[0] switch
            {
                'f' or 'c' or 'i' or 'u' or 'b' or 'S' or 'V' or 'm' or 'M' => size,
                'U' => size * 4,
                _ => 0,
            }
            : 0;

    /// <summary>The elements in row-major order and little-endian.</summary>
    public static byte[] RowMajor(PickleNumpyArray array, DType type)
    {
        var bytes = (byte[])array.Bytes!.Clone();
        var item = type.ItemSize();
        if (array.Type!.BigEndian)
        {
            ByteOrder.Swap(bytes, ByteOrder.Unit(type));
        }

        if (!array.Fortran || array.Shape.Length < 2)
        {
            return bytes;
        }

        var ordered = new byte[bytes.Length];
        var index = new long[array.Shape.Length];
        for (var at = 0; at < ordered.Length; at += item)
        {
            long from = 0, step = 1;
            for (var d = 0; d < index.Length; d++)
            {
                from += index[d] * step;
                step *= array.Shape[d];
            }

            bytes.AsSpan((int)from * item, item).CopyTo(ordered.AsSpan(at));
            for (var d = index.Length - 1; d >= 0 && ++index[d] == array.Shape[d]; d--)
            {
                index[d] = 0;
            }
        }

        return ordered;
    }
}
