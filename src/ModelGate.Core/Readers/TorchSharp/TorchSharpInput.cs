using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.TorchSharp;

/// <summary>The numbers and names in a TorchSharp file.</summary>
/// <param name="source">The file.</param>
internal sealed class TorchSharpInput(IByteSource source)
{
    /// <summary>The longest name, in bytes.</summary>
    public const int LongestName = 4096;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>Whether a name had bytes beyond ASCII.</summary>
    public bool SawOtherThanAscii { get; private set; }

    /// <summary>A number that fits 63 bits.</summary>
    public long ReadInteger(string what)
    {
        Span<byte> buffer = stackalloc byte[Leb128.MostBytes];
        ReadOnlySpan<byte> bytes = buffer[..source.Read(Position, buffer)];
        var before = bytes.Length;
        if (!Leb128.TryRead(ref bytes, out var value) || value > long.MaxValue)
        {
            throw before == 0
                ? new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the file ends before {SafeText.From(what)}"), Position)
                : new ArtifactFault(FaultReason.Leb128, SafeText.Of($"{SafeText.From(what)} is no LEB128 number of 63 bits in its shortest form"), Position);
        }

        Position += before - bytes.Length;
        return (long)value;
    }

    /// <summary>A name.</summary>
    public string ReadName()
    {
        var at = Position;
        var length = ReadInteger("the length of a name");
        if (length > LongestName)
        {
            throw new ArtifactFault(FaultReason.TensorName, SafeText.Of($"a tensor's name has {length} bytes, at most {LongestName} are read"), at);
        }

        var bytes = source.ReadArray(Position, length, "a tensor's name");
        Position += length;
        SawOtherThanAscii |= bytes.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ArtifactFault(FaultReason.Utf8, SafeText.Of($"a tensor's name is not UTF-8"), at);
        }
    }

    /// <summary>Passes over the bytes of a tensor.</summary>
    public void Skip(Int128 bytes, string name)
        => Position = bytes <= source.Length - Position
            ? (long)(Position + bytes)
            : throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the tensor {name} wants {bytes} bytes, and {source.Length - Position} are left"), Position);
}
