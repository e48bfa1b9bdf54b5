using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

/// <summary>Numbers that a pickle spells in text: read as Python's own writer writes them, refused in any other spelling.</summary>
internal static class PickleNumbers
{
    private static readonly SearchValues<byte> FloatCharacters = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>The value for an integer.</summary>
    public static PickleValue Of(BigInteger value)
        => value >= long.MinValue && value <= long.MaxValue ? PickleInt.Of((long)value) : new PickleBigInt(value);

    /// <summary>The number on the line of an INT, LONG or FLOAT opcode.</summary>
    public static PickleValue Parse(ReadOnlySpan<byte> line, byte opcode, long offset, ReadLimits limits) => opcode switch
    {
        PickleOpcode.Int when line.SequenceEqual("01"u8) => PickleBool.True,
        PickleOpcode.Int when line.SequenceEqual("00"u8) => PickleBool.False,
        PickleOpcode.Int => Integer(line, offset, limits),
        PickleOpcode.Long => Integer(line is [.. var digits, (byte)'L'] ? digits : line, offset, limits),
        _ => Float(line, offset),
    };

    private static PickleValue Integer(ReadOnlySpan<byte> line, long offset, ReadLimits limits)
    {
        // Each byte of an integer takes at most 2.41 decimal digits: parsing must not become quadratic.
        if (line.Length > (limits.PickleIntegerBytes * 5 / 2) + 1)
        {
            throw new ArtifactFault(FaultReason.NumberTooLong, SafeText.Of($"an integer of the pickle has {line.Length} digits"), offset);
        }

        var digits = line is [(byte)'-' or (byte)'+', .. var unsigned] ? unsigned : line;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (digits.Length > 1 && digits[0] == '0'))
        {
            throw Bad(offset);
        }

        return Of(BigInteger.Parse(Encoding.ASCII.GetString(line), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static PickleFloat Float(ReadOnlySpan<byte> line, long offset)
    {
        var text = Encoding.Latin1.GetString(line);
        return text switch
        {
            "nan" or "-nan" or "+nan" => new PickleFloat(double.NaN),
            "inf" or "+inf" or "infinity" => new PickleFloat(double.PositiveInfinity),
            "-inf" or "-infinity" => new PickleFloat(double.NegativeInfinity),
            _ when line.Length <= 1024 && !line.IsEmpty && !line.ContainsAnyExcept(FloatCharacters)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => new PickleFloat(value),
            _ => throw Bad(offset),
        };
    }

    private static ArtifactFault Bad(long offset) => new(FaultReason.BadNumber, SafeText.Of($"a number of the pickle is not spelled as one"), offset);
}
