using System.IO.Compression;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Architecture.Causes;

/// <summary>A case of Fixtures/mismatches: two lists of keys, what differs between them, and what is true about it.</summary>
internal sealed record MismatchCase(
    IReadOnlyDictionary<string, ExpectedKey> Left, IReadOnlyDictionary<string, ExpectedKey> Right, int[] Counts, int Remaining, string[] Causes)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "mismatches");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json.gz").Select(f => Path.GetFileName(f)[..^".json.gz".Length]).Order(StringComparer.Ordinal);

    public static MismatchCase Read(string name)
    {
        var root = JsonDocument.Parse(Unpack(Path.Combine(Folder, name + ".json.gz"))).RootElement;
        return new MismatchCase(
            Side(root.GetProperty("left")), Side(root.GetProperty("right")), Numbers(root.GetProperty("counts")),
            Numbers(root.TryGetProperty("after_mapping", out var after) ? after : root.GetProperty("counts"))[1..4].Sum(),
            [.. root.GetProperty("truth").EnumerateArray().Select(t => t.GetProperty("cause").GetString()!)]);
    }

    public static IReadOnlyDictionary<string, ExpectedKey> Keys(string name)
        => Manifest(Unpack(Path.Combine(Folder, "keys", name + ".json.gz")));

    private static IReadOnlyDictionary<string, ExpectedKey> Side(JsonElement side)
        => side.TryGetProperty("file", out var file)
            ? Keys(Path.GetFileNameWithoutExtension(file.GetString()!))
            : Manifest(JsonSerializer.SerializeToUtf8Bytes(side.GetProperty("keys")));

    private static IReadOnlyDictionary<string, ExpectedKey> Manifest(byte[] json)
        => ((KeyManifest)ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(json), new ReadBudget(ReadLimits.Default)))).Keys;

    private static int[] Numbers(JsonElement counts)
        => [.. new[] { "common", "missing", "unexpected", "shape", "dtype" }.Select(n => counts.GetProperty(n).GetInt32())];

    private static byte[] Unpack(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        packed.CopyTo(whole);
        return whole.ToArray();
    }
}
