using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModelGate.Fuzz;

/// <summary>Files that are made to cost memory: each keeps the rules of its format, and asks for as much as its length allows.</summary>
internal static class GreedyFiles
{
    /// <summary>The files by name; each writes itself.</summary>
    /// <param name="length">The length that each has about, in bytes.</param>
    public static IReadOnlyDictionary<string, Action<Stream>> Of(long length) => new SortedDictionary<string, Action<Stream>>(StringComparer.Ordinal)
    {
        ["integers.pkl"] = s => Pickle(s, length, "](", "J\u0001\u0002\u0003\u0004", "e"),
        ["floats.pkl"] = s => Pickle(s, length, "](", "G\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008", "e"),
        ["texts.pkl"] = s => Pickle(s, length, "](", "U\u0001a", "e"),
        ["memoized.pkl"] = s => Pickle(s, length, "](", "N\u0094", "e"),
        ["lists.pkl"] = s => Pickle(s, length, "](", "]", "e"),
        ["dicts.pkl"] = s => Pickle(s, length, "](", "}", "e"),
        ["sets.pkl"] = s => Pickle(s, length, "](", "\u008f", "e"),
        ["dicts of one.pkl"] = s => Pickle(s, length, "](", "}NNs", "e"),
        ["sets of one.pkl"] = s => Pickle(s, length, "](", "\u008f(N\u0090", "e"),
        ["tuples of one.pkl"] = s => Pickle(s, length, "](", "N\u0085", "e"),
        ["appended.pkl"] = s => Pickle(s, length, "]", "Na", ""),
        ["marks.pkl"] = s => Pickle(s, length, "", "(", ""),
        ["duplicated.pkl"] = s => Pickle(s, length, "]", "2", ""),
        ["popped.pkl"] = s => Pickle(s, length, "N", "J\u0001\u0002\u0003\u00040", ""),
        ["imports.pkl"] = s => Pickle(s, length, "", "ca\nb\n0", "N"),
        ["tower.pkl"] = s => Pickle(s, length, "N", "\u0085", ""),
        ["many pickles.pkl"] = s => Pickle(s, length, "N.", "\u0080\u0002].", "N"),
        ["constants.pkl"] = s => Constants(s, length),
        ["bomb.pth"] = s => Bomb(s, length),
        ["entries.pth"] = Entries,
        ["keys.json"] = s => Repeat(s, length, "{\"a\":[1]", i => $",\"{i}\":[1,1,1,1]", "}"),
        ["shape.json"] = s => Repeat(s, length, "{\"a\":[1", _ => ",1", "]}"),
        ["series.json"] = s => Repeat(s, length, "{\"a\":[0.5", _ => ",1", "]}"),
        ["names.json"] = s => Repeat(s, length, "{\"a\":0.5", i => $",\"{i}\":1", "}"),
        ["objects.json"] = s => Repeat(s, length, "{\"a\":0.5", i => $",\"{i}\":{{}}", "}"),
        ["tower.json"] = s => Repeat(s, length, "{\"a\":0.5,\"b\":", _ => "[", ""),
        ["not finite.json"] = s => Repeat(s, length, "{\"a\":[NaN", _ => ",NaN", "]}"),
        ["rows.jsonl"] = s => Repeat(s, length, "{\"a\":0.5}\n", _ => "{\"a\":1}\n", ""),
        ["rows.csv"] = s => Repeat(s, length, "a,b\n0.5,1\n", _ => "1,2\n", ""),
        ["columns.csv"] = s => Repeat(s, length, "a,b\n0.5,1\n", _ => ",", "\n"),
        ["quote.csv"] = s => Repeat(s, length, "a,b\n0.5,1\n1,\"", _ => "x\n", ""),
        ["notes.report.json"] = s => Repeat(s, length, Report + ",\"notes\":[\"\"", _ => ",\"\\u202e\"", "]}"),
        ["text.report.json"] = s => Repeat(s, length, Report + ",\"notes\":[\"", _ => "\\u202e", "\"]}"),
        ["later.report.json"] = s => Repeat(s, length, Report + ",\"notes\":[],\"later\":[0", _ => ",0", "]}"),
        ["train.log"] = s => Repeat(s, length, "", i => $"2024-01-01 00:00:00,000\tx\tINFO\tTrain Epoch: {i} [0%]\n2024-01-01 00:00:00,000\tx\tINFO\t[{i}, 0.0001]\n2024-01-01 00:00:00,000\tx\tINFO\tloss_disc=1.0, loss_gen=2.0, loss_fm=3.0,loss_mel=4.0, loss_kl=5.0\n", ""),
        ["line.log"] = s => Repeat(s, length, "2024-01-01 00:00:00,000\tx\tINFO\t", _ => "x", ""),
    };

    private const string Report =
        "{\"schemaVersion\":\"1\",\"tool\":{\"name\":\"\",\"version\":\"\"},\"verdict\":\"passed\",\"causes\":[],\"config\":{\"path\":null,\"sha256\":\"\"},\"artifacts\":[],\"results\":[]";

    /// <summary>Writes all of them into a folder.</summary>
    public static void Write(string folder, long length)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, write) in Of(length))
        {
            using var file = new BufferedStream(File.Create(Path.Combine(folder, name)), 1 << 20);
            write(file);
        }
    }

    private static void Pickle(Stream file, long length, string begin, string again, string end)
        => Repeat(file, length, "\u0080\u0004" + begin, _ => again, end + ".");

    private static void Repeat(Stream file, long length, string begin, Func<long, string> again, string end)
    {
        file.Write(Encoding.Latin1.GetBytes(begin));
        for (var (i, written) = (0L, 0L); written < length; i++)
        {
            var bytes = Encoding.Latin1.GetBytes(again(i));
            file.Write(bytes);
            written += bytes.Length;
        }

        file.Write(Encoding.Latin1.GetBytes(end));
    }

    private static void Constants(Stream file, long length)
    {
        var text = new byte[32 << 20];
        text.AsSpan().Fill((byte)'a');
        var head = new byte[5];
        head[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), text.Length);
        file.Write([0x80, 2, (byte)']', (byte)'(']);
        for (var written = 0L; written < length; written += text.Length)
        {
            file.Write(head);
            file.Write(text);
        }

        file.Write("e."u8);
    }

    private static void Bomb(Stream file, long length)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        using var entry = archive.CreateEntry("a/data.pkl", CompressionLevel.Fastest).Open();
        var zeros = new byte[1 << 20];
        for (var written = 0L; written < length; written += zeros.Length)
        {
            entry.Write(zeros);
        }
    }

    private static void Entries(Stream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        for (var i = 0; i < 200_000; i++)
        {
            archive.CreateEntry($"a/{i}", CompressionLevel.NoCompression);
        }
    }
}
