namespace ModelGate.Readers.TorchSharp;

/// <summary>Unsigned numbers of seven bits a byte, the lowest first.</summary>
internal static class Leb128
{
    /// <summary>The longest that a number of 64 bits can be.</summary>
    public const int MostBytes = 10;

    /// <summary>Reads a number and passes over it; false where it is not there, longer than need be, or beyond 64 bits.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(bytes.Length, MostBytes); i++)
        {
            var part = (ulong)(bytes[i] & 0x7F);
            if (i == MostBytes - 1 && part > 1)
            {
                return false;
            }

            value |= part << (7 * i);
            if ((bytes[i] & 0x80) == 0)
            {
                // A last byte of zero adds nothing: writers leave it out.
                var isShortest = i == 0 || bytes[i] != 0;
                bytes = bytes[(i + 1)..];
                return isShortest;
            }
        }

        return false;
    }

    /// <summary>The same behind some bytes.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, int skip, out ulong value)
    {
        bytes = bytes[skip..];
        return TryRead(ref bytes, out value);
    }
}
