using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Gates.Data;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Readers.TextLogs;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Plans for files that no configuration names and no trainer's layout explains: each plays the part that its content fits.</summary>
internal static class ContentRecognition
{
    private const int DeepestCollection = 4;
    private const int MostRuns = 1_000;
    private const int MostShown = 6;

    private static readonly string[] WeightExtensions = [".pth", ".pt", ".ckpt", ".safetensors", ".bin", ".onnx", ".gguf", ".npz", ".pkl", ".th", ".distcp"];

    // Gates that need nothing but a file of their role.
    private static readonly string[] OfWeights = ["MG3001", "MG7001", "MG7002"];
    private static readonly string[] OfModels = ["MG1003"];
    private static readonly string[] OfRuns = ["MG2001"];
    private static readonly string[] OfLogs = ["MG4001", "MG4002", "MG4003", "MG4004", "MG4005", "MG4006", "MG4007"];
    // Worth a look, and no proof of a broken model.
    private static readonly string[] Warnings = ["MG4005"];
    private static readonly string[] OfRecordings = ["MG5001", "MG5004", "MG5005", "MG5006", "MG5009", "MG5011", "MG5016"];

    /// <summary>The plan for files of one folder that the user named.</summary>
    public static EvaluationPlan OfFiles(string folder, IReadOnlyList<string> names)
        => Plan(folder, names.Select(n => (n, RoleOf(Path.Combine(folder, n)) ?? ArtifactRole.Model)), SafeText.Of($"no {GateConfiguration.FileName} was given: the gates run that need nothing but the file"));

    /// <summary>
    /// The plans for a folder: one where it is a run or a model, else one for each such folder below it. None where nothing in it can be judged.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recognise">The plan for a folder that a trainer's layout explains; null where none does.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <param name="configured">Folders that are passed over, since they have configurations of their own: full paths; null for none.</param>
    /// <exception cref="UsageException">There are too many files or folders.</exception>
    public static IReadOnlyList<(string Folder, EvaluationPlan Plan)> OfFolder(string folder, Func<string, EvaluationPlan?> recognise, IReadOnlySet<string>? configured = null)
    {
        var plans = new List<(string Folder, EvaluationPlan Plan)>();
        var left = new List<string>();
        Add(folder, 0);
        if (plans.Count > 0 && left.Count > 0)
        {
            plans[0] = (plans[0].Folder, plans[0].Plan with { Notes = [.. plans[0].Plan.Notes, SafeText.Of($"not judged: {Listed([.. left.Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'))])} (named like logs, models or recordings, in folders with nothing else to judge)")] });
        }

        return plans;

        void Add(string at, int depth)
        {
            if (configured?.Contains(Path.GetFullPath(at)) == true)
            {
                return;
            }

            if (recognise(at) is { } recognised)
            {
                plans.Add((at, recognised));
            }
            else if (FolderFiles.IsRun(at))
            {
                if (OfRun(at) is { } run)
                {
                    plans.Add((at, run));
                }
                else
                {
                    left.AddRange(NotableIn(at));
                }
            }
            else if (RunRecognition.RecogniseDataSet(at) is { } dataSet)
            {
                plans.Add((at, dataSet));
            }
            else
            {
                left.AddRange(NotableIn(at));
                foreach (var below in Directory.EnumerateDirectories(at).Where(d => new DirectoryInfo(d).LinkTarget is null).Order(StringComparer.Ordinal))
                {
                    if (depth < DeepestCollection && Path.GetFileName(below) is not ['.', ..])
                    {
                        Add(below, depth + 1);
                    }
                    else if (Path.GetFileName(below) is not ".git")
                    {
                        left.AddRange(NotableIn(below));
                    }
                }
            }

            if (plans.Count > MostRuns)
            {
                throw new UsageException(SafeText.Of($"{folder} holds more than {MostRuns} folders of models: name those that are meant"));
            }
        }
    }

    // Files whose names say that somebody may have meant them: a few of a folder say enough.
    private static IEnumerable<string> NotableIn(string folder)
        => Directory.EnumerateFiles(folder).Where(f => IsNotable(Path.GetFileName(f))).Order(StringComparer.Ordinal).Take(2);

    private static bool IsNotable(string name)
        => IsWeights(name) || name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".log", StringComparison.OrdinalIgnoreCase) || name.Contains("tfevents", StringComparison.Ordinal);

    private static EvaluationPlan? OfRun(string folder)
    {
        var dataSet = RunRecognition.RecogniseDataSet(folder);
        var ofDataSet = dataSet is null ? [] : DataSets.Roles.SelectMany(r => dataSet.Configuration.Artifacts.TryGetValue(r, out var patterns) ? GlobMatches.Of(dataSet.Workspace, patterns) : []).ToHashSet(StringComparer.Ordinal);
        var found = FolderFiles.Of(folder, ofDataSet);
        if (found.Files.Count == 0)
        {
            return dataSet;
        }

        var plan = Plan(folder, found.Files, SafeText.Of($"no {GateConfiguration.FileName} was given: the gates run that the files allow, each in the part that its content and name suggest"));
        plan = RunRecognition.WithDataSet(plan);
        var isTraining = found.Files.Any(f => f.Role is ArtifactRole.Checkpoints or ArtifactRole.Log);
        return plan with { Notes = [.. plan.Notes, .. isTraining ? RunRecognition.Tried(folder) : [], .. found.LeftOut.Select(l => SafeText.Of($"not judged: {Listed(l.Paths)} ({l.Why})"))] };
    }

    private static EvaluationPlan Plan(string folder, IEnumerable<(string Name, ArtifactRole Role)> files, SafeText note)
    {
        var roles = files.GroupBy(f => f.Role).OrderBy(g => g.Key).ToDictionary(
            g => g.Key, g => new RolePatterns([.. g.Select(f => f.Name).Distinct(StringComparer.Ordinal)], SourcePosition.None) { AreNames = true });
        var gates = GatesFor(roles);
        return new EvaluationPlan(new GateConfiguration(roles, gates), Workspace.Of(folder))
        {
            Notes = [note, .. roles.Select(r => SafeText.Of($"{r.Key.Key()}: {Listed(r.Value.Patterns)}"))],
            IsRecognised = true,
        };
    }

    /// <summary>The gates that need nothing but files of these roles.</summary>
    public static IReadOnlyList<ConfiguredGate> GatesFor(Dictionary<ArtifactRole, RolePatterns> roles)
    {
        string[] ids =
        [
            .. roles.ContainsKey(ArtifactRole.Model) || roles.ContainsKey(ArtifactRole.Checkpoints) ? OfWeights : [],
            .. roles.ContainsKey(ArtifactRole.Model) ? OfModels : [],
            .. roles.ContainsKey(ArtifactRole.Model) && roles.ContainsKey(ArtifactRole.Checkpoints) ? OfRuns : [],
            .. roles.ContainsKey(ArtifactRole.Log) ? OfLogs : [],
            .. roles.ContainsKey(ArtifactRole.Output) ? OfRecordings : [],
        ];
        return [.. ids.Select(id => GateCatalogue.Find(id)!).OrderBy(g => g.Id, StringComparer.Ordinal)
            .Select(g => new ConfiguredGate(g, Warnings.Contains(g.Id) ? Severity.Warning : Severity.Error, g.Bind(OptionsOf(g.Id, roles)), SourcePosition.None))];
    }

    // Who asked a trainer to keep its best, as Hugging Face's and Lightning's can, ships that. The arguments that Hugging Face's trainer saves are
    // objects of nine classes, which its list names.
    private static OptionValues OptionsOf(string gate, Dictionary<ArtifactRole, RolePatterns> roles) => gate switch
    {
        "MG2001" => Option("policy", "final-or-best"),
        "MG7001" when roles.Values.Any(r => r.Patterns.Any(p => Path.GetFileName(p) == "training_args.bin")) => Option("allowLists", (string[])["transformers-training-args"]),

        // Nobody said whether the voice was transposed.
        "MG5011" when roles.ContainsKey(ArtifactRole.Reference) => Option("pitchShift", null),
        _ => OptionValues.None,
    };

    private static OptionValues Option(string name, object? value) => new(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value });

    /// <summary>Some paths in a sentence, and how many more there are.</summary>
    public static SafeText Listed(IReadOnlyList<string> paths)
        => SafeText.Of($"{SafeText.Join(", ", paths.Take(MostShown).Select(p => SafeText.From(p)))}{(paths.Count > MostShown ? $" and {paths.Count - MostShown} more" : "")}");

    /// <summary>Whether a file is called as models and checkpoints are.</summary>
    public static bool IsWeights(string name) => Array.Exists(WeightExtensions, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>The role that a file's first bytes fit; null where they are of no known format, or cannot be read.</summary>
    public static ArtifactRole? RoleOf(string path) => Look(path)?.Role;

    /// <summary>What a file is by its first bytes: the format, and the role that it fits; both empty for no known format, null where the file cannot be opened.</summary>
    public static (string Format, ArtifactRole? Role)? Look(string path)
    {
        try
        {
            using var source = FileByteSource.Open(path);
            Span<byte> bytes = stackalloc byte[ArtifactReader.HeadBytes];
            var head = bytes[..source.Read(0, bytes)];
            return (ArtifactReaders.FormatOf(head, path), ArtifactReaders.IsLog(head, path)) switch
            {
                (var format, true) => (format ?? TextLogReader.FormatName, ArtifactRole.Log),
                (null, _) when TextLogReader.IsLogName(path) && TextLogReader.IsIn(source) => (TextLogReader.FormatName, ArtifactRole.Log),
                (null, _) => ("", null),
                ("wave", _) => ("wave", ArtifactRole.Output),
                (var format, _) => (format, ArtifactRole.Model),
            };
        }
        catch (SourceUnavailableException)
        {
            return null;
        }
    }
}
