using ModelGate.Artifacts;

namespace ModelGate.Readers.Numpy;

/// <summary>NumPy's type strings: byte order, kind and bytes, such as <c>&lt;f4</c>.</summary>
internal static class NumpyElementTypes
{
    /// <summary>The element type of a string; false where its elements are not numbers.</summary>
    /// <param name="text">The type string.</param>
    /// <param name="type">The element type.</param>
    /// <param name="stored">The bytes of one element in the file.</param>
    /// <param name="bigEndian">Whether they are in big-endian order.</param>
    public static bool TryParse(string? text, out DType type, out int stored, out bool bigEndian)
    {
        (type, stored, bigEndian) = (default, 0, false);
        if (text is not { Length: 3 or 4 } || text[0] is not ('<' or '>' or '|'))
        {
            return false;
        }

        bigEndian = text[0] == '>';
        (type, stored) = text[1..] switch
        {
            "b1" => (DType.Bool, 1),
            "i1" => (DType.Int8, 1),
            "u1" => (DType.UInt8, 1),
            _ when text[0] == '|' => default,
            "i2" => (DType.Int16, 2),
            "u2" => (DType.UInt16, 2),
            "f2" => (DType.Float16, 2),
            "i4" => (DType.Int32, 4),
            "u4" => (DType.UInt32, 4),
            "f4" => (DType.Float32, 4),
            "i8" => (DType.Int64, 8),
            "u8" => (DType.UInt64, 8),
            "f8" => (DType.Float64, 8),
            "c8" => (DType.Complex64, 8),
            "c16" => (DType.Complex128, 16),

            // Only x86 stores its extended floats so; a big-endian one would be a quadruple of another machine.
            "f16" when !bigEndian => (DType.Float128, 16),
            _ => default,
        };
        return stored > 0;
    }
}
