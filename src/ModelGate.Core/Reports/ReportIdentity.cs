using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>
/// The names by which servers keep reports of different runs apart: a later report of a name replaces an earlier one, and closes what that said.
/// </summary>
internal static class ReportIdentity
{
    /// <summary>The model's name; empty for one at the repository's root.</summary>
    public static string Of(RunConfiguration configuration)
    {
        if (!configuration.Model.IsEmpty || !configuration.Folder.IsEmpty)
        {
            return configuration.Model.Value;
        }

        // A record that was made before models had names.
        var path = RepositoryPath.OfConfiguration(configuration);
        return path == GateConfiguration.FileName ? "" : path.EndsWith("/" + GateConfiguration.FileName, StringComparison.Ordinal) ? path[..^(GateConfiguration.FileName.Length + 1)] : path;
    }

    /// <summary>What a result is about, the same from one save of the model to the next.</summary>
    public static SafeText Of(RunResult result) => result.Identity.IsEmpty ? result.Artifact : result.Identity;

    /// <summary>The category of code scanning: it ends with a slash, and what is before it is one analysis of one model.</summary>
    public static string CategoryOf(RunRecord report)
    {
        var part = report.Configurations.Select(c => c.Part.Value).FirstOrDefault(p => p.Length > 0);
        return string.Join('/', new[] { "modelgate", Readable(RepositoryPath.Uri(NameOf(report))), part }.Where(p => !string.IsNullOrEmpty(p))) + "/";
    }

    /// <summary>The name of what a report is about: the model, or the folder of several with <c>all</c> behind it; empty for one at the repository's root.</summary>
    public static string NameOf(RunRecord report)
    {
        var models = report.Configurations.Select(Of).ToArray();
        if (models.Length < 2)
        {
            return models.Length == 0 ? "" : models[0];
        }

        var parts = models.Select(m => m.Split('/')).ToArray();
        return string.Join('/', [.. parts[0].TakeWhile((part, at) => parts.All(p => at < p.Length && p[at] == part)), "all"]);
    }

    // What joins the parts of a name means nothing in an identity, and people read it.
    private static string Readable(string uri) => uri.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2B", "+", StringComparison.Ordinal);
}
