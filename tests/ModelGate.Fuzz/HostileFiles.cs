using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using static ModelGate.Fuzz.TorchFile;

namespace ModelGate.Fuzz;

/// <summary>Files that are made to cost time or memory without being long: families, each of any length.</summary>
/// <remarks>Every one keeps the rules of its format as far as it can, so that nothing but its cost ends it.</remarks>
internal static class HostileFiles
{
    private const string Head = "\u0080\u0002";

    /// <summary>The families by name; each writes a file of about the length that it is given.</summary>
    public static IReadOnlyDictionary<string, Action<Stream, int>> Families { get; } = new SortedDictionary<string, Action<Stream, int>>(StringComparer.Ordinal)
    {
        // Keys that are one in whoever's hash: 2^32 + 1 times a number folds to nothing, and 2^61 - 1 is Python's modulus.
        ["keys-folded.pth"] = (s, n) => Pickle(s, n, "}(", i => Int((i << 32) | i) + "N", "u"),
        ["keys-modulus.pth"] = (s, n) => Pickle(s, n, "}(", i => Int(i * ((1L << 32) - 1)) + "N", "u"),
        ["keys-tuples.pth"] = (s, n) => Pickle(s, n, "}(", i => Int((i << 32) | i) + "\u0085N", "u"),
        ["keys-floats.pth"] = (s, n) => Pickle(s, n, "}(", i => "G" + Swapped(((i + 1) << 32) | (i + 1)) + "N", "u"),
        ["keys-nan.pth"] = (s, n) => Pickle(s, n, "}(", _ => "G\u007f\u00f8\0\0\0\0\0\0N", "u"),
        ["keys-long-texts.pth"] = (s, n) => Pickle(s, n, $"{Text(new string('a', n / 2))}q\0}}(", i => $"h\0N", "u"),
        ["keys-long-tuples.pth"] = (s, n) => Pickle(s, n, $"({string.Concat(Enumerable.Repeat("K\u0001", n / 8))}tq\0}}(", i => "h\0\u0085N", "u"),
        ["keys-towers.pth"] = (s, n) => Pickle(s, n, Tower(1) + Tower(2) + "}(", i => $"h\u0001Nh\u0002N", "u0"),
        ["set-folded.pth"] = (s, n) => Pickle(s, n, "\u008f(", i => Int((i << 32) | i), "\u0090"),

        // Names.
        ["imports-unknown.pth"] = (s, n) => Pickle(s, n, "](", i => $"cm{i}\nn\n", "e"),
        ["imports-dangerous.pth"] = (s, n) => Pickle(s, n, "](", i => $"cos\nn{i}\n", "e"),
        ["imports-called.pth"] = (s, n) => Pickle(s, n, "](", i => $"cm{i}\nn\n)R", "e"),
        ["imports-dotted.pth"] = (s, n) => Pickle(s, n, "](", _ => $"c{string.Join('.', Enumerable.Repeat("a", 30_000))}\nn\n", "e"),
        ["imports-invalid.pth"] = (s, n) => Pickle(s, n, "](", i => $"c{i}!\nn\n", "e"),

        // Pickles in pickles.
        ["inner-again.pth"] = (s, n) => Pickle(s, n, $"B{Four(n / 2)}\u0080\u0002{new string('N', (n / 2) - 3)}.q\0cm\nn\nq\u0001](", _ => "h\u0001h\0\u0085R", "e"),
        ["inner-encoded.pth"] = (s, n) => Pickle(s, n, $"X{Four((n / 2) + 1)}\u00c2\u0080\u0002{new string('N', (n / 2) - 3)}.q\0cm\nn\nq\u0001c_codecs\nencode\nq\u0002{Text("latin1")}q\u0003](", _ => "h\u0001h\u0002h\0h\u0003\u0086R\u0085R", "e"),

        // Graphs that are trees for whoever does not look.
        ["graph-tensors.pth"] = (s, n) => Torch(s, Doubling(Tensor(Storage(0, 4), [4], [1]), Math.Min(40, Log2(n))), [16]),
        ["graph-lists.pth"] = (s, n) => Torch(s, $"{Head}]({Tensor(Storage(0, 4), [4], [1])}q\u0001{Repeat(n / 4, _ => "h\u0001")}eq\u0002](" + Repeat(n / 4, _ => "h\u0002") + "e\u0086.", [16]),
        ["graph-scalars.pth"] = (s, n) => Torch(s, Doubling("K\u0001", Math.Min(400, Log2(n) * 4)), []),
        ["graph-dicts.pth"] = (s, n) => Torch(s, $"{Head}{Nested(8, 60)}.", []),
        ["graph-long-names.pth"] = (s, n) => Torch(s, $"{Head}}}({Text(new string('k', n / 2))}}}(N{Tensor(Storage(0, 4), [4], [1])}q\u0001{Repeat(n / 16, i => Int(i) + "h\u0001")}uu.", [16]),
        ["tensor-again.pth"] = (s, n) => Torch(s, $"{Head}]({Tensor(Storage(0, 4), [4], [1])}q\u0001{Repeat(n / 2, _ => "h\u0001")}e.", [16]),
        ["tensors.pth"] = (s, n) => Torch(s, $"{Head}({Storage(0, 4)}q\0ctorch._utils\n_rebuild_tensor_v2\nq\u0001(tq\u0003ccollections\nOrderedDict\n)Rq\u0004](" + Repeat(n / 13, _ => "h\u0001(h\0K\0h\u0003h\u0003\u0089h\u0004tR") + "et.", [16]),

        // Warnings without end.
        ["protocols.pth"] = (s, n) => Pickle(s, n, "", _ => "\u0080\u0002", "N"),
        ["duplicates.pth"] = (s, n) => Pickle(s, n, "](", _ => "}(K\u0001NK\u0001Nu", "e"),
        ["inner-bytes.pth"] = (s, n) => Pickle(s, n, "](", _ => "C\u0004\u0080\u0002N.", "e"),

        // Much of little: values that the memo multiplies.
        ["ordered-dicts.pth"] = (s, n) => Pickle(s, n, $"]({Repeat(n / 12, i => Int(i) + "N\u0086")}eq\0ccollections\nOrderedDict\nq\u0001](", _ => "h\u0001h\0\u0085R", "e"),
        ["sets.pth"] = (s, n) => Pickle(s, n, $"]({Repeat(n / 10, i => Int(i))}eq\0c__builtin__\nset\nq\u0001](", _ => "h\u0001h\0\u0085R", "e"),
        ["deques.pth"] = (s, n) => Pickle(s, n, $"]({Repeat(n / 4, _ => "N")}eq\0ccollections\ndeque\nq\u0001](", _ => "h\u0001h\0\u0085R", "e"),
        ["counters.pth"] = (s, n) => Pickle(s, n, $"}}({Repeat(n / 12, i => Int(i) + "N")}uq\0ccollections\nCounter\nq\u0001](", _ => "h\u0001h\0\u0085R", "e"),
        ["encoded.pth"] = (s, n) => Pickle(s, n, $"{Text(new string('a', n / 2))}q\0{Text("latin1")}q\u0003c_codecs\nencode\nq\u0001](", _ => "h\u0001h\0h\u0003\u0086R", "e"),
        ["arrays.pth"] = (s, n) => Pickle(s, n, $"B{Four(n / 8 * 4)}{new string('a', n / 8 * 4)}q\0cnumpy.core.numeric\n_frombuffer\nq\u0001cnumpy\ndtype\n{Text("f4")}\u0085Rq\u0002{Int(n / 8)}\u0085q\u0003{Text("F")}q\u0004ctorch._utils\n_rebuild_device_tensor_from_numpy\nq\u0005ctorch\nfloat32\nq\u0006{Text("cpu")}q\u0007](", _ => "h\u0005(h\u0001(h\0h\u0002h\u0003h\u0004tRh\u0006h\u0007\u0089tR", "e"),
        ["sizes.pth"] = (s, n) => Pickle(s, n, $"({Repeat(n / 2, _ => "K\u0001")}tq\0ctorch\nSize\nq\u0001](", _ => "h\u0001h\0\u0085R", "e"),
        ["paths.pth"] = (s, n) => Pickle(s, n, $"({Repeat(n / 8, _ => Text("a"))}tq\0cpathlib\nPosixPath\nq\u0001](", _ => "h\u0001h\0R", "e"),
        ["states.pth"] = (s, n) => Pickle(s, n, $"}}({Repeat(n / 16, i => Text(i.ToString("x6", System.Globalization.CultureInfo.InvariantCulture)) + "N")}uq\0cargparse\nNamespace\n)\u0081q\u0001](", _ => "h\u0001h\0b", "e"),
        ["memo.pth"] = (s, n) => Pickle(s, n, "](", i => "Nr" + Four((int)(uint)(i * 2654435761)), "e"),

        // Values that cost more than their bytes.
        ["values-dicts.pth"] = (s, n) => Pickle(s, n, "](", _ => "}", "e"),
        ["values-dicts-of-one.pth"] = (s, n) => Pickle(s, n, "](", _ => "}NNs", "e"),
        ["values-sets-of-one.pth"] = (s, n) => Pickle(s, n, "](", _ => "\u008f(N\u0090", "e"),
        ["values-tuples.pth"] = (s, n) => Pickle(s, n, "](", _ => "N\u0085", "e"),
        ["values-lists.pth"] = (s, n) => Pickle(s, n, "](", _ => "]", "e"),
        ["values-empty-texts.pth"] = (s, n) => Pickle(s, n, "](", _ => "\u008c\0", "e"),
        ["values-integers.pth"] = (s, n) => Pickle(s, n, "](", _ => "\u008a\u0002\u0001\u0010", "e"),
        ["values-floats.pth"] = (s, n) => Pickle(s, n, "](", _ => "F1\n", "e"),
        ["marks.pth"] = (s, n) => Pickle(s, n, "", _ => "(", ""),

        // Elements.
        ["expanded.pth"] = (s, _) => Torch(s, $"{Head}{Dict("w", Tensor(Storage(0, 4), [1_000_000, 1_000_000], [0, 0]))}.", [16]),
        ["expanded-overlapping.pth"] = (s, n) => Torch(s, $"{Head}{Dict("w", Tensor(Storage(0, n / 4), [n / 8, n / 8], [1, 1]))}.", [n / 4 * 4]),
        ["views.pth"] = (s, n) => Torch(s, $"{Head}({Storage(0, n / 8)}q\0ctorch._utils\n_rebuild_tensor_v2\nq\u0001({Int(n / 8)}tq\u0002(K\u0001tq\u0003ccollections\nOrderedDict\n)Rq\u0004}}(" + Repeat(n / 60, i => Text($"w{i}") + "h\u0001(h\0K\0h\u0002h\u0003\u0089h\u0004tR") + "ut.", [n / 8 * 4]),
        ["sparse.pth"] = (s, _) => Torch(s, $"{Head}{Dict("w", Sparse(Tensor(Typed("LongStorage", 0, 2), [2, 1], [1, 1]), Tensor(Storage(1, 1), [1], [1]), [1_000_000, 1_000_000]))}.", [16, 4]),
        ["sparse-expanded.pth"] = (s, _) => Torch(s, $"{Head}{Dict("w", Sparse(Tensor(Typed("LongStorage", 0, 2), [1, 60_000_000], [0, 0]), Tensor(Storage(1, 1), [60_000_000], [0]), [100]))}.", [16, 4]),
        ["transposed-deflated.pth"] = (s, n) => Torch(s, $"{Head}{Dict("w", Tensor(Storage(0, n * 2 / 4), [n / 4096, 2048], [1, n / 4096]))}.", [n / 4096 * 8192], deflated: true),
        ["deflated.pth"] = (s, n) => Torch(s, $"{Head}{Dict("w", $"]({Repeat(n / 65536, i => Tensor(Storage((int)i, 1 << 17), [1 << 17], [1]))}e")}.", [.. Enumerable.Repeat(1 << 19, n / 65536)], deflated: true),
        ["storages.pth"] = (s, n) => Torch(s, $"{Head}{Dict("w", $"]({Repeat(n / 400, i => Tensor(Storage((int)i, 1), [1], [1]))}e")}.", [.. Enumerable.Repeat(4, n / 400)]),

        // Other formats.
        ["tensors.safetensors"] = (s, n) => Safetensors(s, n / 56, i => $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"),
        ["metadata.safetensors"] = (s, n) => Safetensors(s, n / 11, i => $"\"{i}\":\"\"", "\"__metadata__\":{", "}"),
        ["ranks.safetensors"] = (s, n) => Safetensors(s, n / 190, i => $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[{string.Join(',', Enumerable.Repeat("0", 64))}],\"data_offsets\":[0,0]}}"),
        ["tensors.gguf"] = (s, n) => Gguf(s, n / 40, tensors: true),
        ["metadata.gguf"] = (s, n) => Gguf(s, Math.Min(65_000, n / 20), tensors: false),
        ["lists.gguf"] = GgufLists,
        ["tensors.onnx"] = (s, n) => Onnx(s, n / 12, i => [0x42, 0x06, .. Encoding.ASCII.GetBytes(i.ToString("x6", System.Globalization.CultureInfo.InvariantCulture)), 0x10, 0x02, 0x08, 0x00]),
        ["nodes.onnx"] = (s, n) => Onnx(s, n / 4, _ => [0x22, 0x00], field: 0x0A),
        ["members.npz"] = (s, n) => Members(s, n / 340),
        ["entries.pth"] = (s, n) => Entries(s, Math.Min(199_000, n / 100)),
        ["keys.json"] = (s, n) => Write(s, "{\"a\":[1]" + Repeat(n / 12, i => $",\"{i}\":[]") + "}"),
        ["points.log"] = (s, n) => Write(s, Repeat(n / 130, i => $"2024-01-01 00:00:00,000\tx\tINFO\tloss_disc=1,loss_gen=1,loss_fm=1,loss_mel=1,loss_kl=1\n")),
        ["saved.log"] = (s, n) => Write(s, "2024-01-01 00:00:00,000\tx\tINFO\tloss_disc=1,loss_gen=1,loss_fm=1,loss_mel=1,loss_kl=1\n" + Repeat(n / 110, i => $"2024-01-01 00:00:00,000\tx\tINFO\tSaving model and optimizer state at epoch {i} to G_{i}.pth\n")),
        ["many-series.log"] = HostileLogs.TextOfManySeries,
        ["many-labels.log"] = HostileLogs.TextOfManyLabels,
        ["many-starts.log"] = HostileLogs.TextOfManyStarts,
        ["many-events.log"] = HostileLogs.TextOfManyEvents,
        ["many-keys.log"] = HostileLogs.TextOfManyKeys,
        ["series-events.log"] = HostileLogs.EventsOfManySeries,
        ["starts-events.log"] = HostileLogs.EventsOfManyStarts,
        ["sessions-events.log"] = HostileLogs.EventsOfManySessions,
        ["series-wandb.log"] = HostileLogs.RunOfManySeries,
        ["nested-wandb.log"] = HostileLogs.RunOfNestedNumbers,
        ["starts-metric.log"] = (s, n) => Write(s, Repeat(n / 36, _ => "1700000000000 1 1\n1700000000000 1 0\n")),
        ["series-lines.log"] = (s, n) => Write(s, Repeat(n / 26, i => $"{{\"step\":1,\"{i:x}\":1,\"a\":1}}\n")),
        ["nested-lines.log"] = (s, n) => Write(s, Repeat(Math.Max(1, n / 900_000), _ => "{\"step\":1," + Repeat(Math.Min(n, 900_000) / 16, i => $"\"{i:x}\":{{\"\":1}},") + "\"a\":1}\n")),
        ["columns-table.log"] = (s, n) => Write(s, "step,epoch" + Repeat(n / 16, i => $",{i:x}") + "\n" + Repeat(n / 8, i => $"{i},1,1\n")),
        ["headers-table.log"] = (s, n) => Write(s, "step,epoch" + Repeat(1000, i => $",{i:x}") + "\n1,1,1\n" + Repeat(n / 8, _ => "step,b\n")),
    };

    /// <summary>Writes one file of a family.</summary>
    public static byte[] Make(string family, int length)
    {
        using var file = new MemoryStream();
        Families[family](file, length);
        return file.ToArray();
    }

    private static void Pickle(Stream file, int length, string begin, Func<long, string> again, string end)
    {
        // Whatever is left on the stack is one value in the end.
        var text = new StringBuilder(Head + "(" + begin, length + 64);
        for (var i = 0L; text.Length < length; i++)
        {
            text.Append(again(i));
        }

        Torch(file, text.Append(end).Append("t.").ToString(), []);
    }

    private static void Torch(Stream file, string pickle, int[] storages, bool deflated = false) => TorchFile.Write(file, pickle, storages, deflated);

    private static string Repeat(int count, Func<long, string> again)
    {
        var text = new StringBuilder();
        for (var i = 0L; i < count; i++)
        {
            text.Append(again(i));
        }

        return text.ToString();
    }

    private static string Dict(string key, string value) => $"}}{Text(key)}{value}s";

    private static string Sparse(string indices, string values, long[] shape)
        => $"ctorch._utils\n_rebuild_sparse_tensor\n(ctorch.serialization\n_get_layout\n{Text("torch.sparse_coo")}\u0085R({indices}{values}({string.Concat(shape.Select(Int))}tttR";

    private static string Typed(string type, int key, int elements) => Storage(key, elements).Replace("FloatStorage", type, StringComparison.Ordinal);

    // A list of a value, then again and again a list of the last one twice.
    private static string Doubling(string leaf, int times) => $"{Head}]({leaf}e" + Repeat(times, _ => "q\u00000](h\0h\0e") + ".";

    // Two towers of equal tuples: compared naively, each level doubles the paths.
    private static string Tower(int memo) => "K\u0001\u0085" + Repeat(24, _ => "2\u0086") + $"q{(char)memo}0";

    private static string Nested(int depth, int width)
    {
        var inner = "}";
        for (var d = 0; d < depth; d++)
        {
            inner += $"q{(char)d}0]({Repeat(width, _ => $"h{(char)d}")}e";
        }

        return inner;
    }

    private static int Log2(int length) => 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)length);

    private static string Swapped(long bits)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, bits);
        return Encoding.Latin1.GetString(bytes);
    }

    private static void Write(Stream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));

    private static void Safetensors(Stream file, int count, Func<long, string> entry, string begin = "", string end = "")
    {
        var header = new StringBuilder("{" + begin);
        for (var i = 0L; i < count; i++)
        {
            header.Append(i > 0 ? "," : "").Append(entry(i));
        }

        var bytes = Encoding.UTF8.GetBytes(header.Append(end).Append('}').ToString());
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        file.Write(length);
        file.Write(bytes);
    }

    private static void Gguf(Stream file, int count, bool tensors)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3);
        writer.Write(tensors ? (long)count : 0L);
        writer.Write(tensors ? 0L : count);
        for (var i = 0; i < count; i++)
        {
            var name = Encoding.ASCII.GetBytes(i.ToString("x6", System.Globalization.CultureInfo.InvariantCulture));
            writer.Write((long)name.Length);
            writer.Write(name);
            if (tensors)
            {
                writer.Write(1);
                writer.Write(0L);
                writer.Write(0);
                writer.Write(0L);
            }
            else
            {
                writer.Write(7);
                writer.Write((byte)1);
            }
        }

        writer.Write(new byte[64]);
    }

    private static void GgufLists(Stream file, int length)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3);
        writer.Write(0L);
        writer.Write(1L);
        writer.Write(1L);
        writer.Write((byte)'a');
        writer.Write(9);
        writer.Write(9);
        writer.Write(length / 12L);
        for (var i = 0; i < length / 12; i++)
        {
            writer.Write(0);
            writer.Write(0L);
        }
    }

    private static void Onnx(Stream file, int count, Func<long, byte[]> part, byte field = 0x2A)
    {
        using var graph = new MemoryStream();
        for (var i = 0L; i < count; i++)
        {
            var body = part(i);
            graph.WriteByte(field);
            graph.WriteByte((byte)body.Length);
            graph.Write(body);
        }

        file.Write([0x08, 0x08, 0x3A]);
        for (var left = (ulong)graph.Length; ;)
        {
            file.WriteByte((byte)((left & 0x7F) | (left > 0x7F ? 0x80u : 0)));
            left >>= 7;
            if (left == 0)
            {
                break;
            }
        }

        graph.WriteTo(file);
        file.Write([0x42, 0x02, 0x10, 0x11]);
    }

    private static void Members(Stream file, int count)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }".PadRight(117) + "\n";
        for (var i = 0; i < count; i++)
        {
            using var entry = archive.CreateEntry($"{i}.npy", CompressionLevel.NoCompression).Open();
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0]);
            entry.Write(Encoding.ASCII.GetBytes(header));
        }
    }

    private static void Entries(Stream file, int count)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        for (var i = 0; i < count; i++)
        {
            archive.CreateEntry($"a/{i}", CompressionLevel.NoCompression);
        }
    }
}
