using System.Text.RegularExpressions;
using ModelGate.Runs;

namespace ModelGate.Gates.Curves;

/// <summary>Which logs tell of one run, by their paths: nothing has been opened when gates choose what they judge.</summary>
/// <remarks>
/// Where trainers put their logs decides: event files of one folder and of its folders for parts (<c>eval</c>), Lightning's <c>version_N</c>, the folder of an MLflow run, a Weights and Biases run by its id,
/// <c>trainer_state.json</c> of all checkpoints. A single log beside event files tells of the same run. What no rule joins stays apart.
/// </remarks>
internal static partial class RunFiles
{
    private const string StateFile = "trainer_state.json";

    private static readonly string[] Parts = ["eval", "train", "train_inner", "val", "valid", "validation", "test"];

    private enum Kind
    {
        Other,
        Events,
        Table,
        State,
        Metric,
    }

    /// <summary>A subject for each run.</summary>
    public static IEnumerable<Subject> Select(RoleFiles files)
    {
        if (files.Missing(ArtifactRole.Log) is { IsEmpty: false } problem)
        {
            return [Subject.Impossible(problem)];
        }

        return Groups(files.Of(ArtifactRole.Log)).Select(g => new Subject(g[0].Path, g) { Beside = files.Of(ArtifactRole.Checkpoints) });
    }

    /// <summary>The logs of each run; the one that names it first: a text log, where there is one.</summary>
    public static IReadOnlyList<IReadOnlyList<RoleFile>> Groups(IReadOnlyList<RoleFile> logs)
    {
        var units = logs.GroupBy(l => UnitOf(l.Path)).Select(g => new Unit(g.Key.Kind, g.Key.Folder, [.. g.OrderBy(l => l.Path.Count(c => c == '/'))])).ToList();
        foreach (var text in units.Where(u => u.Kind is Kind.Other or Kind.State).ToArray())
        {
            var folder = text.Kind == Kind.State ? text.Folder : FolderOf(text.Folder);
            var isOnly = text.Kind == Kind.State || units.Count(u => u.Kind == Kind.Other && FolderOf(u.Folder) == folder) == 1;
            foreach (var events in units.Where(u => u.Kind == Kind.Events && isOnly && IsOf(folder, u.Folder, text.Kind == Kind.State)).ToArray())
            {
                text.Files.AddRange(events.Files);
                units.Remove(events);
            }
        }

        // Lightning's two loggers: csv/version_0/metrics.csv and tb/version_0/events.out.tfevents…
        foreach (var table in units.Where(u => u.Kind == Kind.Table).ToArray())
        {
            var same = units.Where(u => u.Kind == Kind.Events && IsTwin(table, u)).ToArray();
            if (same is [var events] && units.Count(u => u.Kind == Kind.Table && IsTwin(u, events)) == 1)
            {
                table.Files.AddRange(events.Files);
                units.Remove(events);
            }
        }

        return [.. units.Select(u => (IReadOnlyList<RoleFile>)u.Files).OrderBy(f => f[0].Path, StringComparer.Ordinal)];
    }

    /// <summary>What stands before the names of a file's series: the folder for a part of the run in which it lies.</summary>
    public static string PrefixOf(RoleFile file, IReadOnlyList<RoleFile> run)
    {
        if (!IsEvents(file.FileName) || !Parts.Contains(NameOf(FolderOf(file.Path)), StringComparer.Ordinal))
        {
            return "";
        }

        // A whole run may lie in a folder of such a name.
        var folder = FolderOf(file.Path);
        return run.All(f => FolderOf(f.Path) == folder) ? "" : NameOf(folder) + "/";
    }

    private static (Kind Kind, string Folder) UnitOf(string path)
    {
        var (folder, name) = (FolderOf(path), NameOf(path));
        if (IsEvents(name))
        {
            if (Parts.Contains(NameOf(folder), StringComparer.Ordinal) || Moment().IsMatch(NameOf(folder)))
            {
                folder = FolderOf(folder);
            }

            return (Kind.Events, Version().IsMatch(NameOf(folder)) ? FolderOf(folder) + "/*" : folder);
        }

        if (MetricOfRun().Match(path) is { Success: true } metric)
        {
            return (Kind.Metric, metric.Groups[1].Value);
        }

        if (name.EndsWith(".wandb", StringComparison.Ordinal))
        {
            return (Kind.Metric, FolderOf(folder) + "/" + name);
        }

        if (name == StateFile)
        {
            return (Kind.State, CheckpointFolder().IsMatch(NameOf(folder)) ? FolderOf(folder) : folder);
        }

        return name == "metrics.csv"
            ? (Kind.Table, Version().IsMatch(NameOf(folder)) ? FolderOf(folder) + "/*" : folder)
            : (Kind.Other, path);
    }

    // Beside it, or where trainers put event files below a run's folder.
    private static bool IsOf(string folder, string events, bool isState)
        => events == folder || events == Below(folder, "logs") || (isState && FolderOf(events) == Below(folder, "runs"));

    private static bool IsTwin(Unit table, Unit events)
        => table.Folder == events.Folder || (NameOf(table.Folder) == NameOf(events.Folder) && FolderOf(FolderOf(table.Folder)) == FolderOf(FolderOf(events.Folder)) && FolderOf(table.Folder) != FolderOf(events.Folder));

    private static bool IsEvents(string name) => name.Contains("tfevents", StringComparison.Ordinal);

    private static string FolderOf(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Below(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;

    [GeneratedRegex(@"^version_\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    // What add_hparams calls the folder of its own event file.
    [GeneratedRegex(@"^\d{9,}\.\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Moment();

    [GeneratedRegex(@"^checkpoint-\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex CheckpointFolder();

    // Seen from the run's own folder, its id is not part of the path; a metric has no extension, and may have a full stop in its name.
    [GeneratedRegex(@"^(?:((?:.*/)?[0-9a-f]{32})/metrics/|metrics/.+(?<!\.csv|\.json|\.jsonl|\.txt|\.log)$)", RegexOptions.CultureInvariant)]
    private static partial Regex MetricOfRun();

    private sealed record Unit(Kind Kind, string Folder, List<RoleFile> Files);
}
