using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers;
using ModelGate.Readers.Json;

namespace ModelGate.Tests.Architecture.Families;

/// <summary>Lists of real networks, and the families' own.</summary>
internal static class FamilyLists
{
    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Real = new(Load);

    public static IEnumerable<string> Names => Real.Value.Keys;

    public static Dictionary<string, string> Of(string list) => Real.Value[list];

    /// <summary>A real network's tensors, as expressions see them.</summary>
    public static FamilyTensors Tensors(string list)
    {
        var shapes = Of(list).ToDictionary(
            k => k.Key, IReadOnlyList<long> (k) => [.. k.Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => long.Parse(s, CultureInfo.InvariantCulture))], StringComparer.Ordinal);
        return new FamilyTensors(shapes.Keys, shapes.GetValueOrDefault);
    }

    public static FamilyTensors Tensors(KeyManifest manifest) => new(manifest.Keys.Keys, n => manifest.Keys.GetValueOrDefault(n)?.Shape);

    public static Dictionary<string, string> Expand(string family, string? variant = null, string? configuration = null, string? parameters = null)
        => Flat(Manifest(family, variant, configuration is null ? null : Config(configuration), parameters));

    public static KeyManifest Manifest(string family, string? variant = null, ConfigurationValue? configuration = null, string? parameters = null)
        => ModelFamilies.Find(family)!.Expect(variant, configuration, parameters is null ? null : (ConfigurationValue.Map)Json(parameters));

    /// <summary>What stands on one side only, or with another shape: empty where the lists agree.</summary>
    public static IEnumerable<string> Difference(Dictionary<string, string> actual, Dictionary<string, string> expected)
        => actual.Select(k => $"{k.Key} [{k.Value}]").ToHashSet(StringComparer.Ordinal) is var left
            && expected.Select(k => $"{k.Key} [{k.Value}]").ToHashSet(StringComparer.Ordinal) is var right
            ? left.Except(right).Select(k => "+" + k).Concat(right.Except(left).Select(k => "-" + k)).Take(20)
            : [];

    public static long Elements(KeyManifest manifest) => manifest.Keys.Values.Sum(k => k.Shape.Aggregate(1L, (a, b) => a * b));

    public static Dictionary<string, string> Flat(KeyManifest manifest)
        => manifest.Keys.ToDictionary(k => k.Key, k => string.Join(",", k.Value.Shape), StringComparer.Ordinal);

    public static ConfigurationValue Config(string name) => Json(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "families", name + ".json")));

    public static ConfigurationValue Json(string text)
        => ((TrainerConfiguration)new TrainerConfigurationReader().Read(new ReadRequest(new MemoryByteSource(System.Text.Encoding.UTF8.GetBytes(text)), new ReadBudget(ReadLimits.Default)))).Root;

    private static Dictionary<string, Dictionary<string, string>> Load()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", "families", "lists.json.gz"));
        using var json = new GZipStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(
            l => l.Name,
            l => l.Value.EnumerateObject().ToDictionary(k => k.Name, k => string.Join(",", k.Value.EnumerateArray().Select(d => d.GetInt64())), StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
