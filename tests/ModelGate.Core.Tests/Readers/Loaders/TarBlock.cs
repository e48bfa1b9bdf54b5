using System.Formats.Tar;
using System.Text;

namespace ModelGate.Tests.Readers.Loaders;

/// <summary>Makes a file a tar archive as well: the fields that a reader needs lie where they must, and all else stays.</summary>
internal static class TarBlock
{
    private const int Length = 512;

    /// <summary>The file with a header over its bytes 100 to 163, whose magic is left as it is, and a member behind it where the file is long enough.</summary>
    public static byte[] Over(byte[] file, int memberSize, bool signed = false)
    {
        var made = (byte[])file.Clone();
        Write(made, 100, "0000644 0000000 0000000 ");
        Write(made, 124, Convert.ToString(memberSize, 8).PadLeft(11, '0') + " ");
        Write(made, 136, "00000000000 ");
        Write(made, 148, "        ");
        var sum = 0L;
        foreach (var value in made.AsSpan(0, Length))
        {
            sum += signed ? (sbyte)value : value;
        }

        Write(made, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
        return made;
    }

    /// <summary>A whole archive of one member.</summary>
    public static byte[] Archive(TarEntryFormat format, string name, byte[] content)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, format, leaveOpen: true))
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                _ => new UstarTarEntry(TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream(content);
            writer.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    private static void Write(byte[] to, int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(to, at);
}
