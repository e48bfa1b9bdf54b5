using System.Buffers.Binary;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.TensorBoard;

/// <summary>The one number of a TensorProto, which TensorFlow 2 writes for a scalar.</summary>
internal static class ScalarTensor
{
    /// <summary>Reads the first element; false where there is none, or of a type that no scalar has.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out double value)
    {
        var fields = new WireSpan(data);
        var type = 0UL;
        ReadOnlySpan<byte> content = default;
        double? listed = null;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Type == WireType.Varint:
                    type = fields.Number;
                    break;
                case 4 when fields.Type == WireType.Bytes:
                    content = fields.Bytes;
                    break;

                // float_val, double_val, int_val, int64_val, half_val: packed or not.
                case 5 or 6 or 7 or 10 or 13:
                    listed ??= First(fields, type);
                    break;
            }
        }

        value = listed ?? (content.IsEmpty ? null : FromBytes(content, type)) ?? double.NaN;
        return !fields.IsBroken && (listed is not null || FromBytes(content, type) is not null);
    }

    private static double? First(WireSpan field, ulong type)
    {
        var number = field.Number;
        var bytes = field.Bytes;
        if (field.Type == WireType.Bytes)
        {
            switch (field.Field)
            {
                case 5 when bytes.Length >= sizeof(float):
                    number = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                    break;
                case 6 when bytes.Length >= sizeof(double):
                    number = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                    break;
                case 7 or 10 or 13 when new WireSpan(bytes).TryReadVarint(out number):
                    break;
                default:
                    return null;
            }
        }

        return field.Field switch
        {
            5 => BitConverter.UInt32BitsToSingle((uint)number),
            6 => BitConverter.UInt64BitsToDouble(number),
            13 => type == 14 ? BitConverter.UInt32BitsToSingle((uint)number << 16) : (double)BitConverter.UInt16BitsToHalf((ushort)number),
            _ => (long)number,
        };
    }

    // DT_FLOAT, DT_DOUBLE, DT_INT32, DT_INT64, DT_BFLOAT16 and DT_HALF, little-endian.
    private static double? FromBytes(ReadOnlySpan<byte> content, ulong type) => type switch
    {
        1 when content.Length >= sizeof(float) => BinaryPrimitives.ReadSingleLittleEndian(content),
        2 when content.Length >= sizeof(double) => BinaryPrimitives.ReadDoubleLittleEndian(content),
        3 when content.Length >= sizeof(int) => BinaryPrimitives.ReadInt32LittleEndian(content),
        9 when content.Length >= sizeof(long) => BinaryPrimitives.ReadInt64LittleEndian(content),
        14 when content.Length >= sizeof(ushort) => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(content) << 16),
        19 when content.Length >= sizeof(ushort) => (double)BinaryPrimitives.ReadHalfLittleEndian(content),
        _ => null,
    };
}
