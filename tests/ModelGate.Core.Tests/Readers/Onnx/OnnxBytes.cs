using System.Text;

namespace ModelGate.Tests.Readers.Onnx;

/// <summary>Protocol buffers, field by field.</summary>
internal static class OnnxBytes
{
    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    public static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    public static byte[] Message(int field, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(p => p)];
        return [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)body.Length), .. body];
    }

    public static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Pair(int field, string key, string value) => Message(field, Text(1, key), Text(2, value));

    /// <summary>A model of one graph and one operator set.</summary>
    public static byte[] Model(params byte[][] graph) => [.. Number(1, 8), .. Message(7, graph), .. Message(8, Text(1, ""), Number(2, 17))];

    /// <summary>A model of one initializer.</summary>
    public static byte[] Tensor(params byte[][] parts) => Model(Message(5, [Text(8, "w"), .. parts]));
}
