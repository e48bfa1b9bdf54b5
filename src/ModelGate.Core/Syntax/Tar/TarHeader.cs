using System.Text;

namespace ModelGate.Syntax.Tar;

/// <summary>The 512 bytes in front of a member of a tar archive, of any variant: the checksum is what makes them a header, not the magic, which the oldest variant lacks.</summary>
/// <param name="Name">The member's name. Text from the file.</param>
/// <param name="Size">Bytes of its content; negative where the field is not a number.</param>
internal sealed record TarHeader(string Name, long Size)
{
    /// <summary>The length of a header, and the unit that content is padded to.</summary>
    public const int Length = 512;

    private const int NameLength = 100;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;

    /// <summary>Reads a header; null where the bytes are not one.</summary>
    /// <remarks>Both sums are accepted that readers accept: of the bytes as unsigned numbers, and as signed ones.</remarks>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        if (block.Length < Length || Number(block.Slice(ChecksumAt, ChecksumLength)) is not { } stated)
        {
            return null;
        }

        var (unsigned, signed) = (ChecksumLength * (long)' ', ChecksumLength * (long)' ');
        for (var i = 0; i < Length; i++)
        {
            if (i is < ChecksumAt or >= ChecksumAt + ChecksumLength)
            {
                unsigned += block[i];
                signed += (sbyte)block[i];
            }
        }

        return stated == unsigned || stated == signed
            ? new TarHeader(Encoding.Latin1.GetString(Text(block[..NameLength])), Number(block.Slice(SizeAt, SizeLength)) ?? -1)
            : null;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;

    // Octal digits up to a NUL, as Python's int() reads them: spaces around, a sign and a prefix before, underscores between. Nothing at all is zero.
    private static long? Number(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        if (field[0] is 0x80 or 0xFF)
        {
            // A number to the base 256 behind a marking byte; 0xFF marks a negative one.
            foreach (var digit in field[1..])
            {
                value = unchecked((value << 8) + digit);
            }

            return field[0] == 0xFF ? -1 : value;
        }

        var digits = Text(field).Trim(" \t\r\n\v\f"u8);
        digits = digits is [(byte)'+' or (byte)'-', .. var unsigned] ? unsigned : digits;
        digits = digits is [(byte)'0', (byte)'o' or (byte)'O', .. var octal] ? octal : digits;
        foreach (var digit in digits)
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
            {
                value = (value << 3) + digit - '0';
            }
            else if (digit != (byte)'_')
            {
                return null;
            }
        }

        return value;
    }
}
