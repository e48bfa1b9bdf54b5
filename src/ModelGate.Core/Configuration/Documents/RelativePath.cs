namespace ModelGate.Configuration.Documents;

/// <summary>Arithmetic on the relative paths and globs of configurations: forward slashes, and <c>..</c> only at the start.</summary>
internal static class RelativePath
{
    /// <summary>Whether a path does not start from the configuration: a rooted one, one with a drive, a URL.</summary>
    public static bool IsAbsolute(string path)
        => Path.IsPathRooted(path) || path.StartsWith('\\') || path.Contains(':', StringComparison.Ordinal);

    /// <summary>The folder of a file: empty, or with a slash at its end.</summary>
    public static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    /// <summary>A path as seen from where its folder is seen from.</summary>
    /// <param name="folder">The folder that the path is relative to: empty, or with a slash at its end.</param>
    public static string In(string folder, string path)
    {
        var parts = new List<string>();
        foreach (var part in (folder + path.Replace('\\', '/')).Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."))
        {
            // A wildcard is not a folder that could be left again: GlobMatches refuses what stands behind one.
            if (part == ".." && parts.Count > 0 && parts[^1] != ".." && !parts[^1].AsSpan().ContainsAny("*?[{"))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return (folder.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
