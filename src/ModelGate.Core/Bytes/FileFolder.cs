using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The files beside an artifact on disk. What was opened stays open until the folder is disposed.</summary>
/// <param name="folder">The artifact's folder.</param>
/// <param name="mayLeadTo">Whether a path that links may lead elsewhere may be read.</param>
internal sealed class FileFolder(string folder, Predicate<string> mayLeadTo) : IByteSourceFolder, IDisposable
{
    private const int MostNames = 10_000;

    private readonly string full = Path.GetFullPath(folder);
    private readonly Dictionary<string, List<FileByteSource>> open = new(StringComparer.Ordinal);

    /// <summary>The full paths of the files that were opened.</summary>
    public IReadOnlyCollection<string> Opened => open.Keys;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names
    {
        get
        {
            try
            {
                return [.. Directory.EnumerateFiles(full).Take(MostNames).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }

    /// <inheritdoc/>
    public IByteSource? Open(string name)
    {
        var path = Path.GetFullPath(Path.Combine(full, name));
        var relative = Path.GetRelativePath(full, path);
        if (Path.IsPathRooted(name) || Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new SourceUnavailableException(SafeText.Of($"it lies outside of the folder"));
        }

        RequireNoEscape(path);
        try
        {
            var source = FileByteSource.Open(path);
            (open.TryGetValue(path, out var known) ? known : open[path] = []).Add(source);
            return source;
        }
        catch (SourceMissingException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in open.Values.SelectMany(s => s))
        {
            source.Dispose();
        }
    }

    // Every folder on the way may be a link, and the file itself, and what links lead to may lie behind links.
    private void RequireNoEscape(string path)
    {
        if (!mayLeadTo(path) && !(RealPath.Of(path) is { } target && RealPath.Of(full) is { } real && (RealPath.IsIn(real, target) || IsCached(real, target))))
        {
            throw new SourceUnavailableException(SafeText.Of($"a link on the way to it leads out of the workspace"));
        }
    }

    // Hugging Face's cache keeps the files of snapshots/REVISION as links to ../../blobs.
    private static bool IsCached(string folder, string target)
        => Path.GetDirectoryName(Path.GetDirectoryName(folder)) is { } model && Path.GetFileName(Path.GetDirectoryName(folder)) == "snapshots"
            && Path.GetDirectoryName(target) == Path.Combine(model, "blobs");
}
