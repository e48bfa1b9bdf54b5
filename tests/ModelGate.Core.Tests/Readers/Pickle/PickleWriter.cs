using System.Buffers.Binary;
using System.Text;

namespace ModelGate.Tests.Readers.Pickle;

/// <summary>Writes pickles opcode by opcode, sound ones and others.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];

    public static PickleWriter Protocol(int version) => version < 2 ? new PickleWriter() : new PickleWriter().Raw(0x80, (byte)version);

    public PickleWriter Raw(params byte[] raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public PickleWriter Ascii(string text) => Raw(Encoding.Latin1.GetBytes(text));

    public PickleWriter Global(string module, string name) => Ascii($"c{module}\n{name}\n");

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Ascii("X").Raw(length).Raw(utf8);
    }

    public PickleWriter ShortText(string text) => Raw(0x8C, (byte)Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

    public PickleWriter StackGlobal(string module, string name) => ShortText(module).ShortText(name).Raw(0x93);

    public PickleWriter Int(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            var four = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(four, (int)value);
            return Ascii("J").Raw(four);
        }

        var eight = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        return Raw(0x8A, 8).Raw(eight);
    }

    public PickleWriter Ints(params long[] values)
    {
        Ascii("(");
        foreach (var value in values)
        {
            Int(value);
        }

        return Ascii("t");
    }

    /// <summary>The persistent id of a storage.</summary>
    public PickleWriter Storage(string type, string key, long numel)
        => Ascii("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Int(numel).Ascii("tQ");

    /// <summary>A call of _rebuild_tensor_v2 over a storage of floats.</summary>
    public PickleWriter Tensor(string key, long numel, long offset, long[] shape, long[] strides)
        => Global("torch._utils", "_rebuild_tensor_v2").Ascii("(").Storage("FloatStorage", key, numel).Int(offset).Ints(shape).Ints(strides).Raw(0x89)
            .Global("collections", "OrderedDict").Ascii(")RtR");

    public byte[] Stop() => Ascii(".").ToArray();

    public byte[] ToArray() => [.. bytes];
}
