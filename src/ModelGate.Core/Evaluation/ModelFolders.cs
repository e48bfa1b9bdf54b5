using ModelGate.Configuration;

namespace ModelGate.Evaluation;

/// <summary>Finds the configurations below a folder that has none itself: one for each model.</summary>
internal static class ModelFolders
{
    private const int DeepestFolder = 8;
    private const int MostFolders = 50_000;
    private const int MostModels = 1_000;

    /// <summary>The configurations, sorted ordinally by their path; no link is followed, and no folder whose name starts with a full stop is entered.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UsageException">There are too many folders or configurations.</exception>
    public static IReadOnlyList<string> Below(string folder)
    {
        var folders = 0;
        var found = FolderTree.Files(Path.GetFullPath(folder), DeepestFolder, name => name is not ['.', ..] && ++folders <= MostFolders, tooDeep: null)
            .Where(file => Path.GetFileName(file.AsSpan()).SequenceEqual(GateConfiguration.FileName))
            .Take(MostModels + 1).Order(StringComparer.Ordinal).ToArray();
        return folders > MostFolders
            ? throw new UsageException(SafeText.Of($"{folder} has more than {MostFolders} folders to look for {GateConfiguration.FileName} in: name the folders of the models"))
            : found.Length > MostModels
                ? throw new UsageException(SafeText.Of($"{folder} has more than {MostModels} files {GateConfiguration.FileName} below: name the folders of the models"))
                : found;
    }
}
