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

    /// <summary>The folder of the repository around a folder, as a full path; null where there is none.</summary>
    public static string? Repository(string folder)
    {
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                return at.FullName;
            }
        }

        return null;
    }

    /// <summary>Whether a path leads to a place in the workspace when every link on the way is followed.</summary>
    public bool MayRead(string path) => RealPath.Of(path) is { } real && RealPath.Of(Root) is { } root && RealPath.IsIn(root, real);

    /// <summary>The files beside a file, with links that stay in the workspace around it.</summary>
    public static FileFolder Beside(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new FileFolder(folder, Of(folder).MayRead);
    }

    /// <summary>Whether a full path lies in the workspace.</summary>
    public bool Contains(string path) => RealPath.IsIn(Root, path);
}
