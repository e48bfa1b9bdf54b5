using System.Collections.Frozen;

namespace ModelGate.Artifacts;

/// <summary>Names and sizes of the element types.</summary>
internal static class DTypes
{
    private static readonly FrozenDictionary<string, DType> ByName =
        Enum.GetValues<DType>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    /// <summary>PyTorch's name in lower case, such as <c>bfloat16</c>.</summary>
    public static string Name(this DType dtype) => dtype switch
    {
        DType.Float8E5M2 => "float8_e5m2",
        DType.Float8E4M3FN => "float8_e4m3fn",
        DType.Float8E5M2FNUZ => "float8_e5m2fnuz",
        DType.Float8E4M3FNUZ => "float8_e4m3fnuz",
        DType.Float8E8M0FNU => "float8_e8m0fnu",
        DType.Float4E2M1FNx2 => "float4_e2m1fn_x2",
        DType.Float4E2M1FN => "float4_e2m1fn",
        DType.Float6E2M3FN => "float6_e2m3fn",
        DType.Float6E3M2FN => "float6_e3m2fn",
        _ => dtype.ToString().ToLowerInvariant(),
    };

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
}
