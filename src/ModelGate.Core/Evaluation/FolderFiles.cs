using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation;

/// <summary>The files of a folder that nobody has described, by the part that each seems to play: by its first bytes, then by its name.</summary>
/// <param name="Files">Paths relative to the folder, sorted ordinally, each with its role.</param>
/// <param name="LeftOut">Why files of a known kind are not judged, and which.</param>
internal sealed partial record FolderFiles(IReadOnlyList<(string Path, ArtifactRole Role)> Files, IReadOnlyList<(string Why, IReadOnlyList<string> Paths)> LeftOut)
{
    /// <summary>Folders that are searched below a run's.</summary>
    private const int DeepestFolder = 5;

    // A folder of more is a data set, or something else that nobody means to judge whole.
    private const int MostFiles = 2_000;

    // Recordings of one folder: a model's outputs are listened to, so there are few.
    private const int MostRecordings = 40;

    private const string State = "the state of an optimizer, a scheduler or a random generator";
    private const string Discriminator = "a discriminator, which is trained beside the model and not shipped";
    private const string DataSet = "recordings of a data set";
    private const string Part = "a part of a model whose index is judged";

    /// <summary>Whether a folder is a training run's or a model's by itself, and not a collection of such folders.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsRun(string folder)
        => Directory.EnumerateFiles(folder).Take(MostFiles).Any(f => KindOf(f) is not null)
            || Directory.EnumerateDirectories(folder).Any(d => PartOfRun().IsMatch(Path.GetFileName(d)));

    /// <summary>Looks at a folder.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UsageException">There are too many files.</exception>
    public static FolderFiles Of(string folder)
    {
        var root = Path.GetFullPath(folder);
        var kinds = FolderTree.Files(root, DeepestFolder, name => name is not ['.', ..], tooDeep: null)
            .Select(f => (Path: Path.GetRelativePath(root, f).Replace(Path.DirectorySeparatorChar, '/'), Kind: KindOf(f)))
            .Where(f => f.Kind is not null).Take(MostFiles + 1).OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => (f.Path, Kind: f.Kind!.Value)).ToArray();
        if (kinds.Length > MostFiles)
        {
            throw new UsageException(SafeText.Of($"{folder} holds more than {MostFiles} files of weights, logs and recordings: name those that count in a gate.config.json"));
        }

        var indexed = kinds.Where(k => k.Path.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase)).Select(k => FolderOf(k.Path)).ToHashSet(StringComparer.Ordinal);
        var crowded = kinds.Where(k => k.Kind == ArtifactRole.Output).GroupBy(k => FolderOf(k.Path), StringComparer.Ordinal).Where(g => g.Count() > MostRecordings).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var files = new List<(string, ArtifactRole)>();
        var left = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (path, kind) in kinds)
        {
            if (WhyNot(path, kind, indexed, crowded) is { } why)
            {
                (left.TryGetValue(why, out var paths) ? paths : left[why] = []).Add(path);
            }
            else
            {
                files.Add((path, kind switch { ArtifactRole.Model => RoleOfWeights(path), ArtifactRole.Output => RoleOfRecording(path), _ => kind }));
            }
        }

        return new FolderFiles(files, [.. left.Select(l => (l.Key, (IReadOnlyList<string>)l.Value))]);
    }

    /// <summary>The kind of a file by its first bytes: model for weights of any use, log, output for any recording; null for every other.</summary>
    public static ArtifactRole? KindOf(string path)
    {
        var name = Path.GetFileName(path);
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase) && !name.Equals("trainer_state.json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            using var source = FileByteSource.Open(path);
            Span<byte> bytes = stackalloc byte[ArtifactReader.HeadBytes];
            var head = bytes[..source.Read(0, bytes)];
            if (ArtifactReaders.IsLog(head))
            {
                return ArtifactRole.Log;
            }

            return ArtifactReaders.FormatOf(head) switch
            {
                "wave" => ArtifactRole.Output,
                "safetensors" or "gguf" or "onnx" or "pytorch-zip" or "pytorch-legacy" or "torchscript" or "torch-export" => ArtifactRole.Model,

                // Any bytes may look like these, and an array may be anything: the name decides.
                _ => IsWeights(name) ? ArtifactRole.Model : null,
            };
        }
        catch (SourceUnavailableException)
        {
            // Whoever opens it to measure it says why.
            return IsWeights(name) ? ArtifactRole.Model : null;
        }
    }

    // By extension where the content is of no known format: a broken download wants to be told.
    private static bool IsWeights(string name) => ContentRecognition.IsWeights(name);

    private static string? WhyNot(string path, ArtifactRole kind, HashSet<string> indexed, HashSet<string> crowded)
    {
        var name = Path.GetFileName(path);
        return kind switch
        {
            ArtifactRole.Model when TrainingState().IsMatch(name) => State,
            ArtifactRole.Model when DiscriminatorName().IsMatch(name) => Discriminator,
            ArtifactRole.Model when PartOfSeveral().IsMatch(name) && indexed.Contains(FolderOf(path)) => Part,
            ArtifactRole.Output when crowded.Contains(FolderOf(path)) || FolderOf(path).Split('/').Any(f => DataSetFolder().IsMatch(f)) => DataSet,
            _ => null,
        };
    }

    private static ArtifactRole RoleOfWeights(string path)
    {
        var name = CheckpointName.OfPath(path);
        return name.Step is not null || name.Epoch is not null || CheckpointFile().IsMatch(Path.GetFileName(path)) || FolderOf(path).Split('/').Any(f => CheckpointFolder().IsMatch(f))
            ? ArtifactRole.Checkpoints
            : ArtifactRole.Model;
    }

    private static ArtifactRole RoleOfRecording(string path)
        => ReferenceWord().IsMatch(path) ? ArtifactRole.Reference : InputWord().IsMatch(path) ? ArtifactRole.Input : ArtifactRole.Output;

    private static string FolderOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"^(optim|optimizer|scheduler|lr_scheduler|scaler|sampler|rng_state|random_states?|custom_checkpoint|training_args|pytorch_lightning_callbacks)([_.\-\d]|$)", Options)]
    private static partial Regex TrainingState();

    [GeneratedRegex(@"^(d|do|disc|discriminator|netd|dur)[_\-]?\d", Options)]
    private static partial Regex DiscriminatorName();

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
