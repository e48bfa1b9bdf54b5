using ModelGate.Configuration;

namespace ModelGate.Evaluation;

/// <summary>Finds the files of a glob without leaving the workspace: no link to a folder is followed, and no path leads out.</summary>
internal static class GlobMatches
{
    /// <summary>Most files that one pattern looks at.</summary>
    private const int MostFiles = 200_000;

    private const int DeepestFolder = 32;

    /// <summary>The files of a role: paths relative to the workspace's folder, with forward slashes, sorted ordinally, each once.</summary>
    /// <exception cref="IOException">A pattern leads out of the workspace, or to too many files.</exception>
    public static IReadOnlyList<string> Of(Workspace workspace, RolePatterns patterns)
        => [.. patterns.Patterns.SelectMany(p => Of(workspace, p)).Where(patterns.Means).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Paths relative to the workspace's folder, with forward slashes, sorted ordinally.</summary>
    /// <exception cref="IOException">The pattern leads out of the workspace, or to too many files.</exception>
    public static IReadOnlyList<string> Of(Workspace workspace, string pattern)
    {
        var parts = pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var literal = parts.TakeWhile(p => !Glob.HasWildcard(p)).ToArray();
        if (parts.Skip(literal.Length).Contains(".."))
        {
            throw new IOException("\"..\" is allowed only at the start of a pattern");
        }

        // A pattern without wildcards names one file.
        var isFile = literal.Length == parts.Length;
        var folder = Path.GetFullPath(Path.Combine([workspace.Folder, .. isFile ? literal[..^1] : literal]));
        if (!workspace.Contains(folder))
        {
            throw new IOException("it leads out of the workspace");
        }

        if (isFile)
        {
            var path = Path.Combine(folder, parts[^1]);
            return Path.Exists(path) ? [Relative(workspace, path)] : [];
        }

        // A file may be called [1].ckpt, and a pattern that spells its name means it.
        var named = parts.Contains("**") ? null : Path.Combine([folder, .. parts.Skip(literal.Length)]);
        if (File.Exists(named))
        {
            return [Relative(workspace, named)];
        }

        if (!Directory.Exists(folder))
        {
            return [];
        }

        // A brace may hold slashes, and so more folders than are seen from outside.
        var rest = string.Join('/', parts.Skip(literal.Length)) + (pattern.EndsWith('/') ? "/" : "");
        var glob = GlobOf(rest);
        return [.. Enumerate(folder, parts.Length - literal.Length, rest.Contains("**", StringComparison.Ordinal) || rest.Contains('{', StringComparison.Ordinal) || rest.EndsWith('/'))
            .Where(path => glob.Fits(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')))
            .Select(path => Relative(workspace, path))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The path as a report prints it: relative to the configuration, with forward slashes.</summary>
    public static string Relative(Workspace workspace, string path)
        => Path.GetRelativePath(workspace.Folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static Glob GlobOf(string pattern)
    {
        try
        {
            return new Glob(pattern);
        }
        catch (FormatException fault)
        {
            throw new IOException(fault.Message);
        }
    }

    private static List<string> Enumerate(string folder, int depth, bool anyDepth)
    {
        var found = FolderTree.Files(
            folder,
            anyDepth ? DeepestFolder : Math.Min(depth - 1, DeepestFolder),
            name => name != ".git",
            anyDepth || depth - 1 > DeepestFolder ? TooDeep : null).Take(MostFiles + 1).ToList();
        return found.Count <= MostFiles
            ? found
            : throw new IOException(SafeText.Of($"it looks at more than {MostFiles} files").Value);
    }

    private static void TooDeep(string folder)
        => throw new IOException(SafeText.Of($"it looks {DeepestFolder} folders deep, and {folder.Replace(Path.DirectorySeparatorChar, '/')} lies deeper").Value);
}
