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

    /// <summary>The configuration of a record, or the folder that holds those of all its models.</summary>
    public static string OfConfigurations(RunRecord record)
    {
        var paths = record.Configurations.Select(c => OfConfiguration(c).Split('/')).ToArray();
        return paths.Length switch
        {
            0 => GateConfiguration.FileName,
            1 => string.Join('/', paths[0]),
            _ => string.Join('/', paths[0].SkipLast(1).TakeWhile((part, at) => paths.All(p => at < p.Length - 1 && p[at] == part))),
        };
    }

    /// <summary>Where a result is shown: at the configuration that asks for its gate, since a line of a binary file means nothing.</summary>
    public static string OfResult(RunRecord record, RunResult result) => result.At.File.IsEmpty ? OfConfiguration(record.ConfigurationOf(result.Group)) : Inside(result.At.File.Value);

    /// <summary>An artifact, whose own path is relative to its model's configuration.</summary>
    public static string OfArtifact(RunRecord record, SafeText group, SafeText artifact)
    {
        var configuration = OfConfiguration(record.ConfigurationOf(group));
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

        return parts.Count == 0 ? GateConfiguration.FileName : isOutside ? parts[^1] : string.Join('/', parts);
    }
}
