namespace ModelGate.Reports;

/// <summary>The formats that need no terminal.</summary>
internal static class ReportFormats
{
    /// <summary>Each format once, in the order of the documentation.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new JsonReport(),
        new SarifReport(),
        new JUnitReport(),
        new MarkdownReport(),
        new GitHubReport(),
        new AzureReport(),
        new GitLabReport(),
        new HtmlReport(),
    ];
}
