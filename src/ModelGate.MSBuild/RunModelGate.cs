using System.ComponentModel;
using System.Globalization;
using Microsoft.Build.Framework;

namespace ModelGate.MSBuild;

/// <summary>Starts the tool that lies in the package and logs each finding at the line of the configuration that asks for it.</summary>
/// <remarks>All paths are absolute: the task looks at no current folder and changes nothing that other tasks of the process share.</remarks>
[MSBuildMultiThreadableTask]
public sealed class RunModelGate : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private const string TroubleshootingPage = "docs/troubleshooting.md";

    private readonly ChildProcess child = new();

    /// <summary>The dotnet host: a path or a name.</summary>
    [Required]
    public string DotNet { get; set; } = "";

    /// <summary>The package's folder.</summary>
    [Required]
    public string Package { get; set; } = "";

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The configuration.</summary>
    [Required]
    public string Configuration { get; set; } = "";

    /// <summary>A folder for what one build leaves to the next.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Deleted at first: the targets write it after a run that found nothing.</summary>
    [Required]
    public string Marker { get; set; } = "";

    /// <summary>Written: the files that the verdict depends on, as globs in MSBuild's own writing.</summary>
    [Required]
    public string Inputs { get; set; } = "";

    /// <summary>Reports to write: a path and the metadata Format.</summary>
    public ITaskItem[] Reports { get; set; } = [];

    /// <summary>What a failed gate is to the build: error, or warning.</summary>
    public string Severity { get; set; } = "error";

    /// <summary>What the configuration may ask for beyond reading files: commands, assemblies, torchscript.</summary>
    public string[] Allow { get; set; } = [];

    /// <summary>Whether nothing was found.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    public void Cancel() => child.Cancel();

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            File.Delete(Marker);
            if (!File.Exists(Configuration))
            {
                LogOwnError("MG0003", $"there is no {Configuration}: write one, let ModelGateConfig name another, or set ModelGateEnabled to false");
                return false;
            }

            var log = Path.Combine(Folder, "findings.tsv");
            File.Delete(log);
            var exitCode = child.Run(DotNet, RepositoryRoot(), Arguments(log));
            if (child.IsCancelled)
            {
                return false;
            }

            foreach (var line in child.Output)
            {
                Log.LogMessage(MessageImportance.Low, "{0}", line);
            }

            Report(exitCode, File.Exists(log) ? [.. File.ReadAllLines(log).Select(l => new BuildLogLine(l))] : []);
        }
        catch (Win32Exception fault)
        {
            LogOwnError("MG0004", $"{DotNet} cannot be started ({fault.Message}): ModelGate needs .NET 10 or later, and ModelGateDotNet names its host");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogOwnError("MG0002", $"what the build leaves to the next cannot be written: {fault.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    private List<string> Arguments(string log)
    {
        List<string> arguments = [Path.Combine(Package, "tools", "any", "modelgate.dll"), "check", "--config", Configuration, "--build-log", log];
        arguments.AddRange(Allow.Select(a => "--allow-" + a.Trim().ToLowerInvariant()));
        foreach (var report in Reports)
        {
            arguments.Add("--report");
            arguments.Add(report.GetMetadata("Format") + "=" + report.ItemSpec);
        }

        return arguments;
    }

    private void Report(int exitCode, BuildLogLine[] lines)
    {
        var verdict = lines.FirstOrDefault(l => l.IsVerdict);
        if (verdict is null)
        {
            LogUnfinished(exitCode);
            return;
        }

        File.WriteAllText(Inputs, string.Join(";", lines.Where(l => l.IsInput).Select(l => Glob(l.Pattern))));
        var isLenient = string.Equals(Severity, "warning", StringComparison.OrdinalIgnoreCase);
        var findings = lines.Where(l => l.IsFinding).ToArray();
        foreach (var finding in findings)
        {
            var help = HelpLink(finding.Help);
            if (finding.IsError && !(isLenient && !finding.Code.StartsWith("MG0", StringComparison.Ordinal)))
            {
                Log.LogError(null, finding.Code, null, help, Configuration, finding.Line, finding.Column, 0, 0, finding.Message);
            }
            else
            {
                Log.LogWarning(null, finding.Code, null, help, Configuration, finding.Line, finding.Column, 0, 0, finding.Message);
            }
        }

        IsClean = findings.Length == 0 && verdict.Verdict == "passed" && exitCode == 0;
        if (findings.Length == 0 && !IsClean)
        {
            LogOwnError("MG0002", $"{verdict.Tally}, and no finding says why");
        }
    }

    private void LogUnfinished(int exitCode)
    {
        // Not every host has the same exit code for it, but all say it in these words.
        var said = string.Join(" ", child.Errors.Select(l => l.Trim()).Where(l => l.Length > 0));
        if (said.IndexOf("You must install", StringComparison.Ordinal) >= 0 || said.IndexOf("Microsoft.NETCore.App", StringComparison.Ordinal) >= 0)
        {
            LogOwnError("MG0004", $"{DotNet} has no .NET 10 or later to run ModelGate on: install its runtime, or let ModelGateDotNet name another host");
        }
        else
        {
            LogOwnError("MG0002", string.Format(CultureInfo.InvariantCulture, "the tool ended without a verdict (exit code {0}): {1}", exitCode, said));
        }
    }

    private void LogOwnError(string code, string message)
        => Log.LogError(null, code, null, HelpLink(TroubleshootingPage), Project, 1, 1, 0, 0, message);

    private string? HelpLink(string page)
    {
        var path = Path.Combine([Package, .. page.Split('/')]);
        return File.Exists(path) ? new Uri(path).AbsoluteUri : null;
    }

    // Code hosts know paths relative to the repository's root, and the tool writes them relative to where it is started.
    private string RepositoryRoot()
    {
        var project = Path.GetDirectoryName(Project)!;
        for (var at = new DirectoryInfo(project); at is not null; at = at.Parent)
        {
            var git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
            {
                return at.FullName;
            }
        }

        return project;
    }

    // In MSBuild's writing all but the wildcards is escaped; and once more, because a file's text is unescaped when it becomes a property.
    private string Glob(string pattern)
    {
        var path = Escape(Path.GetDirectoryName(Configuration)! + Path.DirectorySeparatorChar) + Escape(pattern).Replace("%2A", "*").Replace("%3F", "?");
        return path.Replace("%", "%25");
    }

    private static string Escape(string text)
        => string.Concat(text.Select(c => "%*?@$();'\"".IndexOf(c) >= 0 ? "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture) : c.ToString()));
}
