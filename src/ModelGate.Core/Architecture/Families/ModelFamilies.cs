using System.Reflection;
using System.Text.Json;
using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families;

/// <summary>The families that are known: one template file each, built in.</summary>
internal static class ModelFamilies
{
    private const string Folder = "families/";
    private const string PartsFolder = "families/parts/";
    private const string MeasuresFolder = "families/measures/";

    private static readonly Assembly Home = typeof(ModelFamilies).Assembly;

    /// <summary>The names of all families, sorted ordinally.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Files(Folder).Where(f => f.IndexOf('/', Folder.Length) < 0).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The parts of keys that every family may use.</summary>
    public static IReadOnlyList<FamilyPart> Parts => SharedParts.Value;

    /// <summary>The groups of measures that every family may use.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Measures => SharedMeasures.Value;

    /// <summary>All families, sorted by name.</summary>
    public static IReadOnlyList<ModelFamily> All => Read.Value;

    private static readonly Lazy<ModelFamily[]> Read = new(() => [.. Names.Select(n => Find(n)!)]);

    private static readonly Lazy<FamilyPart[]> SharedParts = new(() => [.. Files(PartsFolder).SelectMany(name => Open(name, FamilyTemplateReader.Parts))]);

    private static readonly Lazy<Dictionary<string, JsonElement>> SharedMeasures =
        new(() => Files(MeasuresFolder).SelectMany(name => Open(name, FamilyTemplateReader.Measures)).ToDictionary(StringComparer.Ordinal));

    /// <summary>The family of a name, or null.</summary>
    public static ModelFamily? Find(string name)
        => Names.Contains(name, StringComparer.Ordinal)
            ? Open($"{Folder}{name}.json", file => FamilyTemplateReader.Family(name, file, Parts, Measures))
            : null;

    /// <summary>The family that a state_dict is of, or null.</summary>
    /// <param name="families">Those to choose from; built to exclude each other, so that the first is the only one.</param>
    public static ModelFamily? Recognize(this IEnumerable<ModelFamily> families, FamilyTensors tensors) => families.FirstOrDefault(f => f.Recognizes(tensors));

    private static IEnumerable<string> Files(string folder) => Home.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static T Open<T>(string name, Func<Stream, T> read)
    {
        using var file = Home.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the template {name} is not built in");
        return read(file);
    }
}
