using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary>A report that goes to a file: <c>--report json=out/report.json</c>.</summary>
internal sealed record ReportFile(ReportFormat Format, string Path)
{
    /// <summary>Reads the option's value.</summary>
    /// <exception cref="UsageException">It is not FORMAT=FILE.</exception>
    public static ReportFile Parse(string value)
    {
        var separator = value.IndexOf('=', StringComparison.Ordinal);
        return separator > 0 && separator < value.Length - 1
            ? new ReportFile(ReportFormats.Find(value[..separator]), value[(separator + 1)..])
            : throw new UsageException(SafeText.Of($"--report wants FORMAT=FILE, such as json=report.json, and not \"{value}\""));
    }

    /// <summary>Refuses a place where no report may be written: a device, a configuration, or a file that the report is about.</summary>
    /// <param name="plans">What is judged.</param>
    /// <param name="overwrite">Whether a file of another origin may be replaced.</param>
    /// <exception cref="UsageException">The file is one of these.</exception>
    public void Require(IReadOnlyList<EvaluationPlan> plans, bool overwrite)
    {
        var full = System.IO.Path.GetFullPath(Path);
        if (System.IO.Path.Exists(full) && RealPath.Of(full) is { } real && plans.Any(p => RoleMatches.Inputs(p).Any(input => RealPath.Of(input) == real)))
        {
            throw new UsageException(SafeText.Of($"the report {Path} would overwrite a file that it is about; give another one"));
        }

        WrittenFile.RequireOwn(Path, SafeText.Of($"the report {Path}"), overwrite);
    }

    /// <summary>Writes the report whole or not at all.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public void Write(RunRecord report) => WrittenFile.Replace(Path, stream => Format.Write(report, stream), SafeText.Of($"the report {Path}"));
}
