using System.Reflection;

namespace ModelGate.Architecture.Families;

/// <summary>The families that are known: one template file each, built in.</summary>
internal static class ModelFamilies
{
    private const string Folder = "families/";
    private const string PartsFolder = "families/parts/";

    private static readonly Assembly Home = typeof(ModelFamilies).Assembly;

    private static readonly Lazy<FamilyPart[]> Parts = new(() => [.. Files(PartsFolder).SelectMany(name => Open(name, FamilyTemplateReader.Parts))]);

    /// <summary>The names of all families, sorted ordinally.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Files(Folder).Where(f => !f.StartsWith(PartsFolder, StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The family of a name, or null.</summary>
    public static ModelFamily? Find(string name)
        => Names.Contains(name, StringComparer.Ordinal)
            ? Open($"{Folder}{name}.json", file => FamilyTemplateReader.Family(name, file, Parts.Value))
            : null;

    private static IEnumerable<string> Files(string folder) => Home.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static T Open<T>(string name, Func<Stream, T> read)
    {
        using var file = Home.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the template {name} is not built in");
        return read(file);
    }
}
