using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Readers;

/// <summary>Golden files, and what their makers say about them.</summary>
internal static class Fixture
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static Checkpoint Checkpoint(string name) => (Checkpoint)Read(Bytes(name));

    public static Artifact Read(byte[] bytes) => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(bytes), new ReadBudget(ReadLimits.Default)));

    public static ArtifactFault Refusal(byte[] bytes)
    {
        var reading = () => Read(bytes);
        return reading.Should().Throw<ArtifactFault>().Which;
    }

    public static IEnumerable<string> Checkpoints() => new[] { "torch1", "torch2" }
        .SelectMany(folder => Directory.GetFiles(PathOf(folder)).Where(f => f.EndsWith(".pth", StringComparison.Ordinal) || f.EndsWith(".ckpt", StringComparison.Ordinal))
            .Select(f => $"{folder}/{Path.GetFileName(f)}"))
        .Order(StringComparer.Ordinal);

    public static Dictionary<string, JsonElement> Expected(string name, string part = "state")
    {
        var root = JsonDocument.Parse(File.ReadAllText(PathOf(name + ".expected.json"))).RootElement;
        if (root.TryGetProperty(part, out var state))
        {
            root = state;
        }
        else if (part != "state")
        {
            return [];
        }

        return root.ValueKind != JsonValueKind.Object ? [] : root.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object && p.Value.TryGetProperty("shape", out _)).ToDictionary(p => p.Name, p => p.Value);
    }
}
