using ModelGate.Configuration;
using ModelGate.Reports;
using ModelGate.Reports.Html;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary>The formats that a report can be written in. A new one is a file and a line here.</summary>
internal static class ReportFormats
{
    /// <summary>Each format once, in the order of the documentation.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new ConsoleReport(),
        new JsonReport(),
        new SarifReport(),
        new JUnitReport(),
        new MarkdownReport(),
        new GitHubReport(),
        new AzureReport(),
        new GitLabReport(),
        new HtmlReport(),
    ];

    /// <summary>Their names on the command line.</summary>
    public static string[] Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>Finds a format.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static ReportFormat Find(string name)
        => All.FirstOrDefault(f => f.Name == name)
            ?? throw new UsageException(SafeText.Of($"there is no report format \"{name}\"{NearestName.Hint(name, Names)}"));
}
