using ModelGate.Configuration;
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

    /// <summary>Writes the report whole or not at all: into a new file beside the old one, which then takes its name.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public void Write(RunRecord report)
    {
        var full = System.IO.Path.GetFullPath(Path);
        var temporary = full + "." + System.IO.Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Format.Write(report, stream);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new UsageException(SafeText.Of($"the report {Path} cannot be written: {fault.Message.TrimEnd('.')}"));
        }
    }
}
