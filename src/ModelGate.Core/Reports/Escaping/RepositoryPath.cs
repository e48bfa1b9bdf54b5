using ModelGate.Configuration;
using ModelGate.Evaluation;

namespace ModelGate.Reports.Escaping;

/// <summary>Paths as code hosts want them: relative to the repository's root, and never out of it.</summary>
/// <remarks>The tool knows them relative to the folder that it was started in, which in a build is the root.</remarks>
internal static class RepositoryPath
{
    /// <summary>The configuration: where every finding is shown, since a line of a binary file means nothing.</summary>
    public static string OfConfiguration(Report report)
        => report.Configuration.Path.IsEmpty ? GateConfigurationReader.FileName : Inside(report.Configuration.Path.Value);

    /// <summary>An artifact, whose own path is relative to the configuration.</summary>
    public static string OfArtifact(Report report, SafeText artifact)
    {
        var configuration = OfConfiguration(report);
        return Inside(configuration[..(configuration.LastIndexOf('/') + 1)] + artifact.Value);
    }

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

        return parts.Count == 0 ? GateConfigurationReader.FileName : isOutside ? parts[^1] : string.Join('/', parts);
    }
}
