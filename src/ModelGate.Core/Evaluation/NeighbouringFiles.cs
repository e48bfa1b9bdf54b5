using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>What lies where a pattern looks and matches nothing: a name with other capitals, a slip, files of the same kind.</summary>
internal static class NeighbouringFiles
{
    private const int MostFiles = 2_000;
    private const int MostNames = 3;

    /// <summary>A hint for a message, such as <c>; there is Lexi.pth</c>; empty where nothing like it is near.</summary>
    public static SafeText Hint(Workspace workspace, string pattern)
    {
        try
        {
            return Find(workspace, pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return SafeText.Empty;
        }
    }

    private static SafeText Find(Workspace workspace, string[] parts)
    {
        var literal = parts[..^1].TakeWhile(p => !Glob.HasWildcard(p)).ToArray();
        var folder = workspace.Folder;
        for (var depth = 0; depth < literal.Length; depth++)
        {
            var next = Path.GetFullPath(Path.Combine(folder, literal[depth]));
            if (!workspace.Contains(next))
            {
                return SafeText.Empty;
            }

            if (!Directory.Exists(next))
            {
                var folders = Names(Directory.EnumerateDirectories(folder));
                return Near(literal[depth], folders) is { } meant
                    ? SafeText.Of($"; there is no folder {literal[depth]}, but {meant}")
                    : SafeText.Of($"; there is no folder {string.Join('/', literal[..(depth + 1)])}");
            }

            folder = next;
        }

        if (!workspace.MayRead(folder))
        {
            return SafeText.Empty;
        }

        var files = Names(Directory.EnumerateFiles(folder));
        var wanted = parts[^1];
        if (!Glob.HasWildcard(wanted) && Near(wanted, files) is { } near)
        {
            return SafeText.Of($"; there is {near}");
        }

        var extension = Path.GetExtension(wanted);
        var alike = files.Where(f => extension.Length > 1 && f.EndsWith(extension, StringComparison.OrdinalIgnoreCase)).ToArray();
        return alike.Length == 0 ? SafeText.Empty
            : SafeText.Of($"; there {(alike.Length == 1 ? "is" : "are")} {SafeText.Join(", ", alike.Take(MostNames).Select(f => SafeText.From(f)))}{(alike.Length > MostNames ? $" and {alike.Length - MostNames} more" : "")}");
    }

    private static string? Near(string wanted, string[] names)
        => names.FirstOrDefault(n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? NearestName.Of(wanted, names);

    private static string[] Names(IEnumerable<string> paths) => [.. paths.Take(MostFiles).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];
}
