namespace ModelGate.Bytes;

/// <summary>Where a path really leads, when every link on the way is followed: also those in the targets of links.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The full path without links; null where links lead in a circle. What does not exist is not a link.</summary>
    public static string? Of(string path)
    {
        var full = Path.GetFullPath(path);
        var at = Path.GetPathRoot(full)!;
        var left = new Stack<string>(Parts(full, at));
        for (var links = 0; left.TryPop(out var part);)
        {
            // In the target of a link this is the folder above the one that was really reached.
            if (part is "." or "..")
            {
                at = part == "." ? at : Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = Path.Combine(at, part);
            if (LinkTarget(next) is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            var root = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : "";
            at = root.Length > 0 ? root : at;
            foreach (var each in Parts(target, root))
            {
                left.Push(each);
            }
        }

        return at;
    }

    /// <summary>Whether a path lies in a folder or is the folder; both are full paths.</summary>
    public static bool IsIn(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative == "." || (!Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    // The last part first, as a stack gives them back.
    private static IEnumerable<string> Parts(string full, string root)
        => full[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();

    private static string? LinkTarget(string path)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return info.LinkTarget;
    }
}
