using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Readers.Onnx;

/// <summary>An element type of ONNX.</summary>
/// <param name="DType">Its name here.</param>
/// <param name="Bits">The bits of one element in <c>raw_data</c>.</param>
/// <param name="TypedField">The field of a TensorProto that holds typed numbers: 4 float_data, 5 int32_data, 7 int64_data, 10 double_data, 11 uint64_data.</param>
internal sealed record OnnxType(DType DType, int Bits, int TypedField)
{
    // By ONNX's number: 1 FLOAT to 28 FLOAT6E3M2.
    private static readonly OnnxType?[] All =
    [
        null,
        new(DType.Float32, 32, 4),
        new(DType.UInt8, 8, 5),
        new(DType.Int8, 8, 5),
        new(DType.UInt16, 16, 5),
        new(DType.Int16, 16, 5),
        new(DType.Int32, 32, 5),
        new(DType.Int64, 64, 7),
        new(DType.String, 0, 6),
        new(DType.Bool, 8, 5),
        new(DType.Float16, 16, 5),
        new(DType.Float64, 64, 10),
        new(DType.UInt32, 32, 11),
        new(DType.UInt64, 64, 11),
        new(DType.Complex64, 64, 4),
        new(DType.Complex128, 128, 10),
        new(DType.BFloat16, 16, 5),
        new(DType.Float8E4M3FN, 8, 5),
        new(DType.Float8E4M3FNUZ, 8, 5),
        new(DType.Float8E5M2, 8, 5),
        new(DType.Float8E5M2FNUZ, 8, 5),
        new(DType.UInt4, 4, 5),
        new(DType.Int4, 4, 5),
        new(DType.Float4E2M1FN, 4, 5),
        new(DType.Float8E8M0FNU, 8, 5),
        new(DType.UInt2, 2, 5),
        new(DType.Int2, 2, 5),
        new(DType.Float6E2M3FN, 6, 5),
        new(DType.Float6E3M2FN, 6, 5),
    ];

    /// <summary>The elements that one typed number holds: types of two and four bits stand several in a byte there too.</summary>
    public int PerNumber => Bits is 2 or 4 ? 8 / Bits : 1;

    /// <summary>The typed numbers that one element takes: two for complex ones.</summary>
    public int NumbersEach => DType is DType.Complex64 or DType.Complex128 ? 2 : 1;

    /// <summary>The type of a number.</summary>
    /// <exception cref="ArtifactFault">Reason <c>dtype</c>: it is not known.</exception>
    public static OnnxType Find(long number, string name, long at)
        => number > 0 && number < All.Length
            ? All[number]!
            : throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {name} has the type {number}, which is not known"), at);
}
