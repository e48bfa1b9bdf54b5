using ModelGate.Artifacts;

namespace ModelGate.Readers.Safetensors;

/// <summary>The element types of safetensors.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, DType Type, int Bits)[] All =
    [
        ("BOOL", DType.Bool, 8),
        ("U8", DType.UInt8, 8),
        ("I8", DType.Int8, 8),
        ("I16", DType.Int16, 16),
        ("U16", DType.UInt16, 16),
        ("I32", DType.Int32, 32),
        ("U32", DType.UInt32, 32),
        ("I64", DType.Int64, 64),
        ("U64", DType.UInt64, 64),
        ("F16", DType.Float16, 16),
        ("BF16", DType.BFloat16, 16),
        ("F32", DType.Float32, 32),
        ("F64", DType.Float64, 64),
        ("C64", DType.Complex64, 64),
        ("F8_E5M2", DType.Float8E5M2, 8),
        ("F8_E4M3", DType.Float8E4M3FN, 8),
        ("F8_E8M0", DType.Float8E8M0FNU, 8),
        ("F8_E5M2FNUZ", DType.Float8E5M2FNUZ, 8),
        ("F8_E4M3FNUZ", DType.Float8E4M3FNUZ, 8),
        ("F6_E2M3", DType.Float6E2M3FN, 6),
        ("F6_E3M2", DType.Float6E3M2FN, 6),
        ("F4", DType.Float4E2M1FN, 4),
    ];

    /// <summary>The type of a name, and the bits that one element takes.</summary>
    public static bool TryParse(string name, out DType type, out int bits)
    {
        (_, type, bits) = Array.Find(All, t => t.Name == name);
        return bits > 0;
    }

    /// <summary>The name of a type whose elements take whole bytes; null where the format has none.</summary>
    public static string? NameOf(DType type) => Array.Find(All, t => t.Type == type && t.Bits >= 8).Name;
}
