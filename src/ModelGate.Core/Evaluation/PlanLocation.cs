using ModelGate.Configuration;

namespace ModelGate.Evaluation;

/// <summary>Finds what a command line asks to judge: a plan for each model.</summary>
internal static class PlanLocation
{
    private const int MostUncovered = 5;

    /// <summary>
    /// The plans. A folder is judged by its own configuration, else as the training run that it is recognised as, else by the configurations below
    /// it, else by what its files are; a configuration that is named holds for each folder, whose files it then describes. A file is judged by what it is.
    /// </summary>
    /// <param name="paths">Folders and files; without one, the current folder, where its parents may hold the configuration.</param>
    /// <param name="configuration">The configuration that is named; null where none is.</param>
    /// <param name="name">What the model is called in reports of other runs; null where nobody says so.</param>
    /// <exception cref="UsageException">Something cannot be found or read, or is wrong.</exception>
    public static IReadOnlyList<EvaluationPlan> Of(IReadOnlyList<string> paths, string? configuration, string? name = null)
        => ModelNames.Give(Find(paths, configuration), name, Directory.GetCurrentDirectory());

    private static List<EvaluationPlan> Find(IReadOnlyList<string> paths, string? configuration)
    {
        foreach (var path in paths.Where(f => !Directory.Exists(f)))
        {
            if (!File.Exists(path))
            {
                throw new UsageException(path.Length == 0 ? SafeText.Of($"PATH is empty; it has to be a folder or a file") : SafeText.Of($"there is no folder {path} and no file of that name, or you are not allowed to see it"));
            }

            if (configuration is not null)
            {
                throw new UsageException(SafeText.Of($"{path} is a file; with --config, check wants the folder whose files the configuration describes"));
            }

            if (Path.GetFileName(path) == GateConfiguration.FileName)
            {
                throw new UsageException(SafeText.Of($"{path} is a configuration: name its folder, or give it with --config"));
            }
        }

        if (configuration?.Length == 0)
        {
            throw new UsageException(SafeText.Of($"--config is empty; it has to be the path of a configuration"));
        }

        var distinct = paths.DistinctBy(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f))).ToArray();
        return (configuration, distinct) switch
        {
            ({ } file, []) => [Load(file, null)],
            ({ } file, _) => All(distinct.Select(folder => (file, (string?)folder))),
            (null, []) => Here(),
            (null, _) => [.. Files(distinct.Where(p => !Directory.Exists(p))), .. distinct.Where(Directory.Exists).SelectMany(f => In(f) ?? throw new UsageException(NothingIn(f)))],
        };
    }

    // Files of one folder are judged together, as one model's.
    private static IEnumerable<EvaluationPlan> Files(IEnumerable<string> files)
        => files.GroupBy(f => Path.GetDirectoryName(Path.GetFullPath(f))!, StringComparer.Ordinal)
            .Select(g => (Folder: g.Key, Names: g.Select(f => Path.GetFileName(f)).ToArray()))
            .Select(g => ContentRecognition.OfFiles(g.Folder, g.Names) with { Folder = Shown(g.Folder), NamedFiles = g.Names });

    private static List<EvaluationPlan>? In(string folder)
    {
        var file = Path.Combine(folder, GateConfiguration.FileName);
        if (File.Exists(file))
        {
            return [Load(file, null)];
        }

        try
        {
            return RunRecognition.Recognise(folder) is { } run ? [Seen(folder, run)]
                : ModelFolders.Below(folder) is { Count: > 0 } below ? WithUncovered(folder, below)
                : ContentRecognition.OfFolder(folder, RunRecognition.Recognise) is { Count: > 0 } found ? [.. found.Select(f => Seen(f.Folder, f.Plan))]
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{folder} cannot be searched: {fault.Message.TrimEnd('.')}"));
        }
    }

    // One configuration somewhere below must not hide the runs beside it.
    private static List<EvaluationPlan> WithUncovered(string folder, IReadOnlyList<string> configurations)
    {
        var plans = All(configurations.Select(f => (f, (string?)null)));
        var configured = configurations.Select(f => Path.GetDirectoryName(Path.GetFullPath(f))!).ToHashSet(StringComparer.Ordinal);
        string[] uncovered;
        try
        {
            uncovered = [.. ContentRecognition.OfFolder(folder, RunRecognition.Recognise, configured).Select(f => Path.GetRelativePath(folder, f.Folder).Replace(Path.DirectorySeparatorChar, '/'))];
        }
        catch (Exception fault) when (fault is UsageException or IOException or UnauthorizedAccessException)
        {
            // What is configured is judged all the same.
            plans[0] = plans[0] with { Notes = [.. plans[0].Notes, SafeText.Of($"folders without a {GateConfiguration.FileName} were not searched: {fault.Message.TrimEnd('.')}")] };
            return plans;
        }

        if (uncovered.Length > 0)
        {
            var named = SafeText.Join(", ", uncovered.Take(MostUncovered).Select(f => SafeText.From(f)));
            plans[0] = plans[0] with
            {
                Notes = [.. plans[0].Notes, SafeText.Of($"not judged: {named}{(uncovered.Length > MostUncovered ? $" and {uncovered.Length - MostUncovered} more" : "")}, since other folders below {folder} have a {GateConfiguration.FileName} and {(uncovered.Length == 1 ? "this one has" : "these have")} none: modelgate init writes one")],
            };
        }

        return plans;
    }

    /// <summary>The plans for a folder as they are where no configuration is, whatever configurations there are, each with its folder.</summary>
    /// <exception cref="UsageException">There is nothing to judge, or the folder cannot be searched.</exception>
    public static IReadOnlyList<(string Folder, EvaluationPlan Plan)> WithoutConfiguration(string folder)
    {
        try
        {
            return ContentRecognition.OfFolder(folder, RunRecognition.Recognise) is { Count: > 0 } found ? found : throw new UsageException(NothingIn(folder));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{folder} cannot be searched: {fault.Message.TrimEnd('.')}"));
        }
    }

    private static EvaluationPlan Seen(string folder, EvaluationPlan plan)
        => plan with { Folder = Shown(folder), Notes = [.. plan.Notes, SafeText.Of($"modelgate init {Shown(folder)} writes a {GateConfiguration.FileName} that says the same")] };

    private static SafeText NothingIn(string folder)
        => SafeText.Of($"there is nothing to judge in {folder}: no {GateConfiguration.FileName}, no training run of a known trainer, and no file of weights, log or recording below it; {SafeText.Join("; ", RunRecognition.Tried(folder))}");

    private static List<EvaluationPlan> Here()
    {
        for (var at = new DirectoryInfo(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, GateConfiguration.FileName);
            if (File.Exists(file))
            {
                return [Load(file, null)];
            }

            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                break;
            }
        }

        return In(".") ?? throw new UsageException(SafeText.Of(
            $"neither the current folder nor one above or below it holds a {GateConfiguration.FileName}, and the current folder is not a recognised training run"));
    }

    // What is wrong with one model's configuration does not hide what is wrong with the next one's.
    private static List<EvaluationPlan> All(IEnumerable<(string File, string? Folder)> places)
    {
        var plans = new List<EvaluationPlan>();
        var errors = new List<ConfigurationError>();
        foreach (var (file, folder) in places)
        {
            try
            {
                plans.Add(Load(file, folder));
            }
            catch (ConfigurationException fault)
            {
                errors.AddRange(fault.Errors);
            }
        }

        return errors.Count == 0 ? plans : throw new ConfigurationException([.. errors.Distinct()]);
    }

    private static EvaluationPlan Load(string file, string? folder)
    {
        try
        {
            var plan = EvaluationPlan.FromFile(file, Shown(file), folder);
            return folder is null ? plan : plan with { Folder = Shown(folder) };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{Shown(file)} cannot be read: {fault.Message.TrimEnd('.')}"));
        }
    }

    // Relative to the current folder where it lies in it, else as the user wrote it.
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(path)).Replace(Path.DirectorySeparatorChar, '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || relative == ".." || Path.IsPathRooted(relative) ? path.Replace(Path.DirectorySeparatorChar, '/') : relative;
    }
}
