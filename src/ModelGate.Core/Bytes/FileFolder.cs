using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The files beside an artifact on disk. What was opened stays open until the folder is disposed.</summary>
/// <param name="folder">The artifact's folder.</param>
/// <param name="mayLeadTo">Whether a link may lead to a full path.</param>
internal sealed class FileFolder(string folder, Predicate<string> mayLeadTo) : IByteSourceFolder, IDisposable
{
    private readonly string full = Path.GetFullPath(folder);
    private readonly Dictionary<string, List<FileByteSource>> open = new(StringComparer.Ordinal);

    /// <summary>The full paths of the files that were opened.</summary>
    public IReadOnlyCollection<string> Opened => open.Keys;

    /// <inheritdoc/>
    public IByteSource? Open(string name)
    {
        var path = Path.GetFullPath(Path.Combine(full, name));
        var relative = Path.GetRelativePath(full, path);
        if (Path.IsPathRooted(name) || Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new SourceUnavailableException(SafeText.Of($"it lies outside of the folder"));
        }

        RequireNoEscape(relative);
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

    // Every folder on the way may be a link, and the file itself.
    private void RequireNoEscape(string relative)
    {
        var at = full;
        foreach (var part in relative.Split(Path.DirectorySeparatorChar))
        {
            at = Path.Combine(at, part);
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target && !mayLeadTo(target) && !IsCached(target))
            {
                throw new SourceUnavailableException(SafeText.Of($"it is a link that leads out of the workspace"));
            }
        }
    }

    // Hugging Face's cache keeps the files of snapshots/REVISION as links to ../../blobs.
    private bool IsCached(string target)
        => Path.GetDirectoryName(Path.GetDirectoryName(full)) is { } model && Path.GetFileName(Path.GetDirectoryName(full)) == "snapshots"
            && Path.GetDirectoryName(target) == Path.Combine(model, "blobs");
}
