using ModelGate.Bytes;
using ModelGate.Configuration;

namespace ModelGate.Evaluation;

/// <summary>The folder tree that a configuration may reach: its own folder, and through <c>..</c> no further than the project around it.</summary>
/// <param name="Folder">The folder that paths are relative to, as a full path.</param>
/// <param name="Root">The outermost folder that a path may lead to, as a full path.</param>
internal sealed record Workspace(string Folder, string Root)
{
    /// <summary>
    /// The workspace of a folder: its root is the nearest folder above that holds a repository, else the outermost one that holds a
    /// configuration, else the folder itself.
    /// </summary>
    public static Workspace Of(string folder)
    {
        var full = Path.GetFullPath(folder);
        var root = full;
        for (var at = new DirectoryInfo(full); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                return new Workspace(full, at.FullName);
            }

            if (File.Exists(Path.Combine(at.FullName, GateConfiguration.FileName)))
            {
                root = at.FullName;
            }
        }

        return new Workspace(full, root);
    }

    /// <summary>Whether a folder on the way to a path in the workspace, or the path itself, is a link whose target lies outside.</summary>
    public bool HasLinkOut(string path)
    {
        var at = Root;
        foreach (var part in Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar))
        {
            at = Path.Combine(at, part);
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (info.LinkTarget is not null && (info.ResolveLinkTarget(returnFinalTarget: true)?.FullName is not { } target || !Contains(target)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The files beside a file, with links that stay in the workspace around it.</summary>
    public static FileFolder Beside(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new FileFolder(folder, Of(folder).Contains);
    }

    /// <summary>Whether a full path lies in the workspace.</summary>
    public bool Contains(string path)
    {
        var relative = Path.GetRelativePath(Root, path);
        return relative == "." || (!Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }
}
