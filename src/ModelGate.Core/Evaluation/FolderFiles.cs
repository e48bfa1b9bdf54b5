using System.Text.RegularExpressions;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Syntax.Zip;

namespace ModelGate.Evaluation;

/// <summary>The files of a folder that nobody has described, by the part that each seems to play: by its first bytes, then by its name.</summary>
/// <param name="Files">Paths relative to the folder, sorted ordinally, each with its role.</param>
/// <param name="LeftOut">Why files of a known kind are not judged, and which.</param>
internal sealed partial record FolderFiles(IReadOnlyList<(string Path, ArtifactRole Role)> Files, IReadOnlyList<(string Why, IReadOnlyList<string> Paths)> LeftOut)
{
    /// <summary>Folders that are searched below a run's.</summary>
    private const int DeepestFolder = 32;

    // A folder of more is a data set, or something else that nobody means to judge whole.
    private const int MostFiles = 2_000;

    // Recordings of one folder: a model's outputs are listened to, so there are few.
    private const int MostRecordings = 40;

    private const string DataSet = "recordings of a data set";
    private const string Hidden = "hidden folders, which are not searched";
    private const string TooDeep = "folders that lie too deep to be searched";
    private const string Other = "files of other kinds";

    // Read with its index, and as nothing else: a part in a format that holds code is judged by itself too.
    private const string Part = "a part of a model whose index is judged";

    // Writers of event files open one before they have anything to say, and put hyperparameters into one of their own.
    private const string WithoutScalars = "event files without a scalar";
    private const int LongestWithoutScalars = 64 << 10;

    /// <summary>Whether a folder is a training run's or a model's by itself, and not a collection of such folders.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsRun(string folder)
        => Directory.EnumerateFiles(folder).Take(MostFiles).Any(f => KindOf(f) is not null)
            || Directory.EnumerateDirectories(folder).Any(d => PartOfRun().IsMatch(Path.GetFileName(d)))

            // A run of MLflow's file store: a file a metric, and artifacts beside them.
            || (File.Exists(Path.Combine(folder, "meta.yaml")) && Directory.Exists(Path.Combine(folder, "metrics")));

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="judged">Paths relative to it that are judged already; null where none are.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UsageException">There are too many files.</exception>
    public static FolderFiles Of(string folder, IReadOnlySet<string>? judged = null)
    {
        var root = Path.GetFullPath(folder);
        var left = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var kinds = FolderTree.Files(root, DeepestFolder, name => name is not ['.', ..], deeper => Leave(TooDeep, Relative(deeper)), hidden => Leave(Hidden, Relative(hidden)))
            .Select(f => (Full: f, Path: Relative(Path.GetRelativePath(root, f)))).Where(f => judged?.Contains(f.Path) != true)
            .Select(f => (f.Path, Kind: KindOf(f.Full)))
            .Where(f => f.Kind is not null || !Leave(Other, f.Path)).Take(MostFiles + 1).OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => (f.Path, Kind: f.Kind!.Value)).ToArray();
        if (kinds.Length > MostFiles)
        {
            throw new UsageException(SafeText.Of($"{folder} holds more than {MostFiles} files of weights, logs and recordings: name those that count in a gate.config.json"));
        }

        var indexed = kinds.Where(k => k.Path.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase)).Select(k => FolderOf(k.Path)).ToHashSet(StringComparer.Ordinal);
        var crowded = Crowded(kinds.Where(k => k.Kind == ArtifactRole.Output).Select(k => k.Path));
        var files = new List<(string, ArtifactRole)>();
        foreach (var (path, kind) in kinds)
        {
            var isPart = kind == ArtifactRole.Model && PartOfSeveral().IsMatch(Path.GetFileName(path)) && indexed.Contains(FolderOf(path));
            var why = isPart && ContentRecognition.Look(Path.Combine(root, path)) is { Format: "safetensors" } ? Part
                : kind == ArtifactRole.Output && IsOfDataSet(path, crowded) ? DataSet
                : kind == ArtifactRole.Log && HasNoScalar(Path.Combine(root, path)) ? WithoutScalars : null;
            if (why is not null)
            {
                Leave(why, path);
            }
            else
            {
                files.Add((path, kind switch { ArtifactRole.Model => isPart ? ArtifactRole.Checkpoints : RoleOfWeights(path), ArtifactRole.Output => RoleOfRecording(path), _ => kind }));
            }
        }

        return new FolderFiles(files, [.. left.Select(l => (l.Key, (IReadOnlyList<string>)[.. l.Value.Order(StringComparer.Ordinal)]))]);

        bool Leave(string why, string path)
        {
            (left.TryGetValue(why, out var paths) ? paths : left[why] = []).Add(path);
            return true;
        }

        static string Relative(string path) => path.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The recordings among these that are not of a data set, by the part that each seems to play.</summary>
    /// <param name="paths">Paths of recordings.</param>
    public static IReadOnlyList<(string Path, ArtifactRole Role)> Recordings(IReadOnlyList<string> paths)
    {
        var crowded = Crowded(paths);
        return [.. paths.Where(p => !IsOfDataSet(p, crowded)).Select(p => (p, RoleOfRecording(p)))];
    }

    private static HashSet<string> Crowded(IEnumerable<string> recordings)
        => recordings.GroupBy(FolderOf, StringComparer.Ordinal).Where(g => g.Count() > MostRecordings).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>The kind of a file by its first bytes: model for weights of any use, log, output for any recording; null for every other.</summary>
    public static ArtifactRole? KindOf(string path)
    {
        var name = Path.GetFileName(path);
        return ContentRecognition.Look(path) switch
        {
            // A pickle is code to whoever loads it, and an archive may hold one, whatever they are called.
            { Format: "safetensors" or "gguf" or "onnx" or "pickle" or "pytorch-legacy" } => ArtifactRole.Model,
            { Format: "zip" } when IsWeights(name) || IsLoaded(path) => ArtifactRole.Model,
            _ when IsOtherJson(name) => null,
            { Role: ArtifactRole.Log or ArtifactRole.Output } seen => seen.Role,

            // Any bytes may look like the other formats, and an array may be anything: the name decides. So it does where the file cannot be
            // opened: it is opened again to be measured, and the reason is reported then.
            _ => IsWeights(name) ? ArtifactRole.Model : null,
        };
    }

    private static bool IsOtherJson(string name)
        => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase) && !name.Equals("trainer_state.json", StringComparison.OrdinalIgnoreCase);

    // By extension where the content is of no known format: a broken download wants to be told.
    private static bool IsWeights(string name) => ContentRecognition.IsWeights(name);

    // An archive of no kind that a loader knows is somebody's data.
    private static bool IsLoaded(string path)
    {
        try
        {
            using var source = FileByteSource.Open(path);
            using var budget = new ReadBudget(ReadLimits.Default);
            budget.Admit(source.Length);
            var archive = ZipDirectory.Read(source, budget);
            return ArtifactReaders.Archives.Any(a => a.Recognises(archive));
        }
        catch (Exception fault) when (fault is ArtifactFault or SourceUnavailableException)
        {
            // It is opened again to be judged, and the reason is reported then.
            return true;
        }
    }

    /// <summary>Whether a file is an event file in which no scalar stands.</summary>
    public static bool HasNoScalar(string path)
    {
        if (ContentRecognition.Look(path) is not { Format: "tensorboard" })
        {
            return false;
        }

        try
        {
            using var source = FileByteSource.Open(path);
            return source.Length <= LongestWithoutScalars
                && ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Log }) is TrainingLog { Series.Count: 0, Warnings.Count: 1 };
        }
        catch (Exception fault) when (fault is ArtifactFault or SourceUnavailableException)
        {
            // It is opened again to be judged, and the reason is reported then.
            return false;
        }
    }

    private static bool IsOfDataSet(string path, HashSet<string> crowded)
        => crowded.Contains(FolderOf(path)) || FolderOf(path).Split('/').Any(f => DataSetFolder().IsMatch(f));

    private static ArtifactRole RoleOfWeights(string path)
    {
        var name = CheckpointName.OfPath(path);
        return name.Step is not null || name.Epoch is not null || name.SaysState || name.SaysDiscriminator || CheckpointFile().IsMatch(Path.GetFileName(path)) || FolderOf(path).Split('/').Any(f => CheckpointFolder().IsMatch(f))
            ? ArtifactRole.Checkpoints
            : ArtifactRole.Model;
    }

    private static ArtifactRole RoleOfRecording(string path)
        => ReferenceWord().IsMatch(path) ? ArtifactRole.Reference : InputWord().IsMatch(path) ? ArtifactRole.Input : ArtifactRole.Output;

    private static string FolderOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"-\d{5}-of-\d{5}\.", Options)]
    private static partial Regex PartOfSeveral();

    [GeneratedRegex(@"\.ckpt$|^(checkpoint|ckpt|last|latest|best_model|best-model|best)[._\-]", Options)]
    private static partial Regex CheckpointFile();

    [GeneratedRegex(@"^(checkpoints?|ckpts?)$", Options)]
    private static partial Regex CheckpointFolder();

    [GeneratedRegex(@"^(checkpoints?|ckpts?|weights|models?|exports?|logs?|runs|events?|lightning_logs|samples|audio|wavs?|eval|outputs?|results|(checkpoint|ckpt|step|epoch|global_step|iter|version)[-_]?\d+)$", Options)]
    private static partial Regex PartOfRun();

    [GeneratedRegex(@"(^|[/_\-.])(ref|reference|target|gt|ground|truth|original)([/_\-.]|$)", Options)]
    private static partial Regex ReferenceWord();

    [GeneratedRegex(@"(^|[/_\-.])(input|source|src)([/_\-.]|$)", Options)]
    private static partial Regex InputWord();

    [GeneratedRegex(@"^(data|datasets?|raw|train|training|train_data|corpus|.*_wavs|wavs_.*)$", Options)]
    private static partial Regex DataSetFolder();
}
