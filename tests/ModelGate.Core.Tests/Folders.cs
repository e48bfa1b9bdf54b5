using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ModelGate.Gates;

namespace ModelGate.Tests;

/// <summary>The folders below src/ModelGate.Core and which of them use which, by the references of the compiled types.</summary>
internal static partial class Folders
{
    private static readonly string Source = Repository.PathOf("src", "ModelGate.Core");

    private static readonly Lazy<Dictionary<string, string>> FolderOfType = new(Scan);

    private static readonly Lazy<Dictionary<(string From, string To), SortedSet<string>>> Uses = new(Load);

    /// <summary>The source files, by their path below the project, each with the namespace that it declares.</summary>
    public static IEnumerable<(string File, string? Namespace)> Files => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Select(file => (Path.GetRelativePath(Source, file).Replace('\\', '/'), File.ReadAllText(file)))
        .Where(file => !file.Item1.StartsWith("obj/", StringComparison.Ordinal) && !file.Item1.StartsWith("bin/", StringComparison.Ordinal))
        .Select(file => (file.Item1, NamespaceLine().Match(file.Item2) is { Success: true } found ? found.Groups[1].Value : null));

    /// <summary>The references that close a circle of folders: each as "folder -> folder: type uses type".</summary>
    public static IEnumerable<string> Circles()
    {
        var uses = Uses.Value;
        var targets = uses.Keys.ToLookup(k => k.From, k => k.To, StringComparer.Ordinal);
        return uses.Where(use => Reaches(targets, use.Key.To, use.Key.From))
            .SelectMany(use => use.Value.Take(5).Select(reference => $"{use.Key.From} -> {use.Key.To}: {reference}"))
            .Order(StringComparer.Ordinal);
    }

    private static bool Reaches(ILookup<string, string> targets, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var at))
        {
            if (at == to)
            {
                return true;
            }

            foreach (var next in targets[at].Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return false;
    }

    private static Dictionary<(string From, string To), SortedSet<string>> Load()
    {
        var uses = new Dictionary<(string From, string To), SortedSet<string>>();
        foreach (var type in new ArchLoader().LoadAssemblies(typeof(Gate).Assembly).Build().Types)
        {
            if (FolderOf(type) is not { } from)
            {
                continue;
            }

            foreach (var target in type.Dependencies.Select(d => d.Target))
            {
                if (FolderOf(target) is { } to && to != from)
                {
                    (uses.TryGetValue((from, to), out var known) ? known : uses[(from, to)] = new(StringComparer.Ordinal)).Add($"{Outermost(type)} uses {Outermost(target)}");
                }
            }
        }

        return uses;
    }

    private static string? FolderOf(IType type) => FolderOfType.Value.GetValueOrDefault(Outermost(type));

    // A nested type lies where the type around it lies, and the compiler's types carry the name of theirs.
    private static string Outermost(IType type) => type.FullName.Split('+', '/', '`', '<')[0];

    private static Dictionary<string, string> Scan()
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, space) in Files)
        {
            foreach (Match declaration in TypeLine().Matches(File.ReadAllText(Path.Combine(Source, file))))
            {
                folders[$"{space}.{declaration.Groups[1].Value}"] = Path.GetDirectoryName(file)!.Replace('\\', '/');
            }
        }

        return folders;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:public |internal |static |sealed |abstract |readonly |partial |ref )*(?:record struct|record|class|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
