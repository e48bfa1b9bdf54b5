using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModelGate.Fuzz;

/// <summary>Writes PyTorch archives around pickles that nobody would write.</summary>
internal static class TorchFile
{
    /// <summary>Writes an archive with one pickle and its storages.</summary>
    /// <param name="file">Receives the archive.</param>
    /// <param name="pickle">The pickle, each character a byte.</param>
    /// <param name="storages">The length of each storage, filled with zeros.</param>
    /// <param name="deflated">Whether storages are compressed.</param>
    public static void Write(Stream file, string pickle, IReadOnlyList<int> storages, bool deflated = false)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "archive/data.pkl", Encoding.Latin1.GetBytes(pickle), CompressionLevel.NoCompression);
        Add(archive, "archive/version", "3\n"u8, CompressionLevel.NoCompression);
        for (var i = 0; i < storages.Count; i++)
        {
            // Bytes that deflate to a tenth, so that no ratio stops them.
            var bytes = new byte[storages[i]];
            for (var at = 0; at + 4 <= bytes.Length; at += 40)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), ((uint)at * 2654435761) >> 3);
            }

            Add(archive, $"archive/data/{i}", bytes, deflated ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        }
    }

    /// <summary>A persistent id: a storage of floats.</summary>
    public static string Storage(int key, int elements)
    {
        var name = key.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"(X{Four(7)}storagectorch\nFloatStorage\nX{Four(name.Length)}{name}X{Four(3)}cpu{Int(elements)}tQ";
    }

    /// <summary>A tensor over a storage that the first pickle opcodes push.</summary>
    public static string Tensor(string storage, long[] shape, long[] strides)
        => $"ctorch._utils\n_rebuild_tensor_v2\n({storage}K\0({string.Concat(shape.Select(Int))}t({string.Concat(strides.Select(Int))}t\u0089ccollections\nOrderedDict\n)RtR";

    /// <summary>The opcode for an integer.</summary>
    public static string Int(long value) => value is >= int.MinValue and <= int.MaxValue ? $"J{Four((int)value)}" : $"\u008a\u0008{Eight(value)}";

    /// <summary>The opcode for a text.</summary>
    public static string Text(string text) => $"X{Four(text.Length)}{text}";

    /// <summary>Four bytes, the lowest first.</summary>
    public static string Four(int value) => new([(char)(value & 0xFF), (char)((value >> 8) & 0xFF), (char)((value >> 16) & 0xFF), (char)((value >> 24) & 0xFF)]);

    private static string Eight(long value) => Four((int)value) + Four((int)(value >> 32));

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> bytes, CompressionLevel level)
    {
        using var entry = archive.CreateEntry(name, level).Open();
        entry.Write(bytes);
    }
}
