using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Paths as code hosts want them: relative to the repository's root, and never out of it.</summary>
/// <remarks>The tool knows them relative to the folder that it was started in, which in a build is the root.</remarks>
internal static class RepositoryPath
{
    /// <summary>A model's configuration, or where one would be: in the model's folder, or in the folder that the tool was started in.</summary>
    public static string OfConfiguration(RunConfiguration configuration)
        => Inside(!configuration.Path.IsEmpty ? configuration.Path.Value : $"{configuration.Group}/{GateConfiguration.FileName}".TrimStart('/'));

    /// <summary>Where a result is shown, and whether its line means something there.</summary>
    /// <remarks>
    /// At the configuration that asks for its gate, whose lines a person wrote. Where no file asks for it: at the file that was judged, else at one
    /// that was read, else at the model's folder. It is never nowhere: GitHub refuses a whole report for one result without a place.
    /// </remarks>
    public static (string Path, bool HasLine) OfResult(RunRecord record, RunResult result)
    {
        if (!result.At.File.IsEmpty)
        {
            return (Inside(result.At.File.Value), true);
        }

        var artifact = result.Artifact.IsEmpty ? record.Artifacts.FirstOrDefault(a => a.Group == result.Group)?.Path ?? SafeText.Empty : result.Artifact;
        return (OfArtifact(record, result.Group, artifact), false);
    }

    /// <summary>A file as it was named; the configuration that would be in this folder for an empty one.</summary>
    public static string OfFile(SafeText file) => Inside(file.IsEmpty ? GateConfiguration.FileName : file.Value);

    /// <summary>An artifact, whose own path is relative to its model's folder; the folder for an empty one.</summary>
    public static string OfArtifact(RunRecord record, SafeText group, SafeText artifact) => Inside($"{FolderOf(record.ConfigurationOf(group))}/{artifact}");

    /// <summary>A path as a relative URI reference.</summary>
    public static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    // What lies outside has no path that a code host knows: its last part says at least which file it is.
    private static string Inside(string path)
    {
        var parts = new List<string>();
        var isOutside = path.StartsWith('/') || (path.Length > 2 && path[1] == ':' && path[2] == '/');
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part == "..")
            {
                isOutside = true;
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? "." : isOutside ? parts[^1] : string.Join('/', parts);
    }

    private static string FolderOf(RunConfiguration configuration)
    {
        if (!configuration.Folder.IsEmpty)
        {
            return configuration.Folder.Value;
        }

        var path = configuration.Path.IsEmpty ? configuration.Group.Value + "/" : configuration.Path.Value;
        return path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : ".";
    }
}
