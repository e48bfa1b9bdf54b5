using System.Collections.Frozen;

namespace ModelGate.Artifacts;

/// <summary>Names and sizes of the element types.</summary>
internal static class DTypes
{
    // Written down: asking the runtime for an enumeration's names takes longer than reading a checkpoint's structure.
    private static readonly (DType Type, string Name)[] Known =
    [
        (DType.UInt8, "uint8"), (DType.Int8, "int8"), (DType.Int16, "int16"), (DType.Int32, "int32"), (DType.Int64, "int64"),
        (DType.UInt16, "uint16"), (DType.UInt32, "uint32"), (DType.UInt64, "uint64"), (DType.Float16, "float16"), (DType.Float32, "float32"),
        (DType.Float64, "float64"), (DType.BFloat16, "bfloat16"), (DType.Complex32, "complex32"), (DType.Complex64, "complex64"),
        (DType.Complex128, "complex128"), (DType.Bool, "bool"), (DType.QInt8, "qint8"), (DType.QUInt8, "quint8"), (DType.QInt32, "qint32"),
        (DType.QUInt4x2, "quint4x2"), (DType.QUInt2x4, "quint2x4"), (DType.Float8E5M2, "float8_e5m2"), (DType.Float8E4M3FN, "float8_e4m3fn"),
        (DType.Float8E5M2FNUZ, "float8_e5m2fnuz"), (DType.Float8E4M3FNUZ, "float8_e4m3fnuz"), (DType.Float8E8M0FNU, "float8_e8m0fnu"),
        (DType.Float4E2M1FNx2, "float4_e2m1fn_x2"), (DType.Bits1x8, "bits1x8"), (DType.Bits2x4, "bits2x4"), (DType.Bits4x2, "bits4x2"),
        (DType.Bits8, "bits8"), (DType.Bits16, "bits16"), (DType.Int4, "int4"), (DType.UInt4, "uint4"), (DType.Int2, "int2"), (DType.UInt2, "uint2"),
        (DType.Float4E2M1FN, "float4_e2m1fn"), (DType.Float6E2M3FN, "float6_e2m3fn"), (DType.Float6E3M2FN, "float6_e3m2fn"),
        (DType.Float128, "float128"), (DType.String, "string"), (DType.Q4_0, "q4_0"), (DType.Q4_1, "q4_1"), (DType.Q5_0, "q5_0"),
        (DType.Q5_1, "q5_1"), (DType.Q8_0, "q8_0"), (DType.Q2_K, "q2_k"), (DType.Q3_K, "q3_k"), (DType.Q4_K, "q4_k"), (DType.Q5_K, "q5_k"),
        (DType.Q6_K, "q6_k"), (DType.IQ4_NL, "iq4_nl"), (DType.IQ4_XS, "iq4_xs"), (DType.TQ1_0, "tq1_0"), (DType.TQ2_0, "tq2_0"),
        (DType.MXFP4, "mxfp4"), (DType.NVFP4, "nvfp4"), (DType.Q1_0, "q1_0"), (DType.Q2_0, "q2_0"), (DType.Q8_1, "q8_1"), (DType.Q8_K, "q8_k"),
        (DType.IQ1_S, "iq1_s"), (DType.IQ1_M, "iq1_m"), (DType.IQ2_XXS, "iq2_xxs"), (DType.IQ2_XS, "iq2_xs"), (DType.IQ2_S, "iq2_s"),
        (DType.IQ3_XXS, "iq3_xxs"), (DType.IQ3_S, "iq3_s"),
    ];

    private static readonly string[] Names = ByOrdinal();

    private static readonly FrozenDictionary<string, DType> ByName = Known.ToFrozenDictionary(k => k.Name, k => k.Type, StringComparer.Ordinal);

    /// <summary>Every element type.</summary>
    public static IEnumerable<DType> All => Known.Select(k => k.Type);

    /// <summary>PyTorch's name in lower case, such as <c>bfloat16</c>.</summary>
    public static string Name(this DType dtype) => Names[(int)dtype];

    /// <summary>Whether GGUF's blocks of this type are read, as binary32 numbers.</summary>
    public static bool IsBlockwise(this DType dtype) => dtype is
            DType.Q4_0 or DType.Q4_1 or DType.Q5_0 or DType.Q5_1 or DType.Q8_0 or DType.Q2_K or
            DType.Q3_K or DType.Q4_K or DType.Q5_K or DType.Q6_K or DType.IQ4_NL or DType.IQ4_XS or
            DType.TQ1_0 or DType.TQ2_0 or DType.MXFP4 or DType.NVFP4 or DType.Q1_0;

    /// <summary>Whether GGUF's blocks of this type are listed only: their numbers are not read.</summary>
    public static bool IsListedOnly(this DType dtype) => dtype is
            DType.Q2_0 or DType.Q8_1 or DType.Q8_K or DType.IQ1_S or DType.IQ1_M or DType.IQ2_XXS or
            DType.IQ2_XS or DType.IQ2_S or DType.IQ3_XXS or DType.IQ3_S;

    /// <summary>Bytes of one element as it is read; 1 for types that pack several values into a byte.</summary>
    public static int ItemSize(this DType dtype) => dtype switch
    {
        DType.Complex128 => 16,
        _ when dtype.IsBlockwise() => 4,
        DType.Float64 or DType.Int64 or DType.UInt64 or DType.Complex64 or DType.Float128 => 8,
        DType.Float32 or DType.Int32 or DType.UInt32 or DType.Complex32 or DType.QInt32 => 4,
        DType.Float16 or DType.BFloat16 or DType.Int16 or DType.UInt16 or DType.Bits16 => 2,
        _ => 1,
    };

    /// <summary>Finds an element type by PyTorch's name.</summary>
    public static bool TryParse(string name, out DType dtype) => ByName.TryGetValue(name, out dtype);

    private static string[] ByOrdinal()
    {
        var names = new string[Known.Length];
        foreach (var (type, name) in Known)
        {
            names[(int)type] = name;
        }

        return names;
    }
}
