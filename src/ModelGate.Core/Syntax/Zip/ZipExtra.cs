using System.Buffers.Binary;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>The extra field of a central header: where zip64 keeps what does not fit 32 bits.</summary>
internal static class ZipExtra
{
    private const uint Placeholder = 0xFFFFFFFF;

    /// <summary>Replaces each number that holds the placeholder by its 64-bit one.</summary>
    /// <exception cref="ArtifactFault">Reason <c>zip64</c>: a placeholder without its number, or a malformed field.</exception>
    public static void Zip64(ReadOnlySpan<byte> extra, ref long size, ref long compressed, ref long offset, string name, long at)
    {
        ReadOnlySpan<byte> field = default;
        var found = false;
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
            {
                throw Bad(name, at);
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                if (found)
                {
                    throw Bad(name, at);
                }

                found = true;
                field = extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        Take(ref size, ref field, name, at);
        Take(ref compressed, ref field, name, at);
        Take(ref offset, ref field, name, at);
    }

    private static void Take(ref long value, ref ReadOnlySpan<byte> field, string name, long at)
    {
        if (value != Placeholder)
        {
            return;
        }

        if (field.Length < 8)
        {
            throw Bad(name, at);
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
    }

    private static ArtifactFault Bad(string name, long at)
        => new(FaultReason.Zip64, SafeText.Of($"the extra field of entry {name} does not hold what its header refers to"), at);
}
