using ModelGate.Configuration;
using ModelGate.Reports;

namespace ModelGate.Tool;

/// <summary>The formats that a report can be written in.</summary>
internal static class ReportFormats
{
    private static readonly ReportFormat[] All = [new ConsoleReport(), .. Reports.ReportFormats.All];

    /// <summary>Their names on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>Finds a format.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static ReportFormat Find(string name)
        => Array.Find(All, f => f.Name == name)
            ?? throw new UsageException(SafeText.Of($"there is no report format \"{name}\"{NearestName.Hint(name, Names.ToArray())}"));
}
