using System.Security.Cryptography;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Configuration;

namespace ModelGate.Evaluation;

/// <summary>
/// Names models so that a server knows one again in the next run, and tells it from those of other runs: by the folder from the repository's root on,
/// by the configuration where that is not the folder's own, and by the files where only some of a folder were named.
/// </summary>
internal static class ModelNames
{
    private const int LongestList = 100;
    private const int DigitsOfHash = 8;

    /// <summary>Gives each plan a name of its own.</summary>
    /// <param name="plans">The plans of one command.</param>
    /// <param name="name">The name that the user gave; null where none was given.</param>
    /// <param name="current">The folder that the command was started in.</param>
    public static IReadOnlyList<EvaluationPlan> Give(IReadOnlyList<EvaluationPlan> plans, string? name, string current)
    {
        var root = Workspace.Repository(current) ?? Path.GetFullPath(current);
        root = RealPath.Of(root) ?? root;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var named = new List<EvaluationPlan>();
        foreach (var plan in plans)
        {
            var own = name is null ? OfPlan(plan, root) : plans.Count == 1 ? name : $"{name}/{OfPlan(plan, root)}".TrimEnd('/');
            var count = seen[own] = seen.GetValueOrDefault(own) + 1;
            named.Add(plan with { Model = count == 1 ? own : $"{own}:{count}" });
        }

        return named;
    }

    private static string OfPlan(EvaluationPlan plan, string root)
    {
        var folder = plan.Workspace.Folder;
        var parts = new List<string> { OfPath(folder, root) };
        if (plan.Configuration.Path.Length > 0 && Path.GetFullPath(plan.Configuration.Path) is var configuration && configuration != Path.Combine(folder, GateConfiguration.FileName))
        {
            // Of the folder's own configurations the name is enough.
            parts.Add(Path.GetDirectoryName(configuration) == folder ? Path.GetFileName(configuration) : OfPath(configuration, root));
        }
        else if (plan.NamedFiles.Count > 0)
        {
            parts.Add(OfFiles(plan.NamedFiles));
        }

        return string.Join(':', parts).TrimEnd(':');
    }

    // What lies outside of the repository has no place that other machines know: the hash keeps two folders of one name apart.
    private static string OfPath(string path, string root)
    {
        var real = RealPath.Of(path) ?? path;
        return RealPath.IsIn(root, real)
            ? Path.GetRelativePath(root, real) is "." ? "" : Path.GetRelativePath(root, real).Replace(Path.DirectorySeparatorChar, '/')
            : $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(real))}-{Hash(real)}";
    }

    private static string OfFiles(IReadOnlyList<string> names)
    {
        var list = string.Join('+', names.Order(StringComparer.Ordinal));
        return list.Length <= LongestList ? list : $"{names.Order(StringComparer.Ordinal).First()}+{names.Count - 1}-{Hash(list)}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigitsOfHash];
}
