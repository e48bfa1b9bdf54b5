using System.IO.Enumeration;

namespace ModelGate.Evaluation;

/// <summary>Walks the folders below a folder without following links; what it cannot see, it does not pass over in silence.</summary>
internal static class FolderTree
{
    /// <summary>The full paths of the files.</summary>
    /// <param name="folder">Where to begin, as a full path.</param>
    /// <param name="depth">How many folders deep files are looked for: 0 is the folder itself.</param>
    /// <param name="enters">Whether a folder is entered, by its name.</param>
    /// <param name="tooDeep">What to do about a folder that lies deeper; null where such folders are not asked for.</param>
    /// <param name="passedOver">What to do about a folder that is not entered by its name.</param>
    /// <exception cref="IOException">A folder may not be read.</exception>
    public static IEnumerable<string> Files(string folder, int depth, Predicate<string> enters, Action<string>? tooDeep, Action<string>? passedOver = null)
    {
        var pending = new Stack<(string Folder, int Depth)>();
        pending.Push((folder, 0));
        while (pending.TryPop(out var at))
        {
            foreach (var (path, isFolder) in Entries(folder, at.Folder))
            {
                if (!isFolder)
                {
                    yield return path;
                }
                else if (!enters(Path.GetFileName(path)))
                {
                    passedOver?.Invoke(Path.GetRelativePath(folder, path));
                }
                else
                {
                    if (at.Depth < depth)
                    {
                        pending.Push((path, at.Depth + 1));
                    }
                    else
                    {
                        tooDeep?.Invoke(Path.GetRelativePath(folder, path));
                    }
                }
            }
        }
    }

    // A link to a folder is neither a folder nor a file here.
    private static List<(string Path, bool IsFolder)> Entries(string root, string folder)
    {
        try
        {
            return [.. new FileSystemEnumerable<(string, bool)>(
                folder,
                (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory),
                new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.System })
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }];
        }
        catch (UnauthorizedAccessException)
        {
            var relative = Path.GetRelativePath(root, folder).Replace(Path.DirectorySeparatorChar, '/');
            throw new IOException(relative == "." ? "permission denied" : SafeText.Of($"permission denied for the folder {relative}").Value);
        }
    }
}
