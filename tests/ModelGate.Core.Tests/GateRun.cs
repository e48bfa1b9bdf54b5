using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.ModelRuns;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests;

/// <summary>A gate that judges files in memory, through the engine: files are opened, measured and judged as in an evaluation.</summary>
internal sealed class GateRun : IMeasuredFiles
{
    private readonly Dictionary<RoleFile, (byte[]? Bytes, Artifact? Content, DateTimeOffset Written)> files = [];
    private readonly Dictionary<RoleFile, MeasuredFile> measured = [];
    private readonly Dictionary<ArtifactRole, RoleMatch> roles = [];

    /// <summary>What comes of running a model.</summary>
    public Func<AskedModelRun, ModelRunReport> Runs { get; init; } = _ => ModelRunReport.None(SafeText.Of($"models are not run here"));

    /// <summary>Adds a file by its bytes.</summary>
    public GateRun With(ArtifactRole role, string path, byte[] bytes, DateTimeOffset written = default) => Add(new RoleFile(role, path), (bytes, null, written));

    /// <summary>Adds what a file holds, without bytes.</summary>
    public GateRun With(ArtifactRole role, string path, Artifact content) => Add(new RoleFile(role, path), (null, content, default));

    /// <summary>Names a role for which nothing matches.</summary>
    public GateRun Without(ArtifactRole role, string problem = "no file matches")
    {
        roles[role] = new RoleMatch([], SafeText.From(problem));
        return this;
    }

    /// <summary>Judges with a gate; one judgement for each subject that it has something to say of.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="options">Its options record.</param>
    public IReadOnlyList<(Judgement Judgement, string Path, IReadOnlyList<Exhibit> Exhibits)> Judge(Gate gate, object options)
    {
        var descriptor = GateCatalogue.All.First(g => g.ClassName == gate.GetType().Name);
        var configured = new ConfiguredGate(descriptor, Severity.Error, options, default);
        var judgings = gate.Select(new RoleFiles(roles), options).Select(s => new Judging(new PlannedGate(configured, gate, _ => configured), configured, s, showExhibits: true)).ToArray();
        foreach (var group in judgings.SelectMany(j => j.Needs.Concat(j.OptionalNeeds).Concat(j.PictureNeeds)).GroupBy(n => n.File))
        {
            var measures = group.Select(n => n.Measure).Distinct().ToArray();
            measured[group.Key] = files[group.Key].Content is { } content
                ? Measure(content, group.Key.Path, measures)
                : new FileMeasuring(new InMemory(files), ReadLimits.Default, null, parallel: false).Run(group.Key, measures, CancellationToken.None);
        }

        foreach (var judging in judgings)
        {
            judging.Run(this, CancellationToken.None);
        }

        return [.. judgings.Where(j => j.Judgement is not null).Select(j => (j.Judgement!, j.Judgement!.Path ?? j.Subject.Path, j.Exhibits))];
    }

    object? IMeasuredFiles.Value(RoleFile file, Measure measure) => Result(file, measure).Value(measure);

    SafeText IMeasuredFiles.Problem(RoleFile file, Measure measure) => Result(file, measure).Problem(measure, file);

    bool IMeasuredFiles.IsOfOtherKind(RoleFile file, Measure measure) => Result(file, measure).IsOfOtherKind(measure);

    ModelRunReport IMeasuredFiles.Run(AskedModelRun asked, CancellationToken cancellation) => Runs(asked);

    // A recording that a model makes while a gate judges is measured when it is asked about.
    private MeasuredFile Result(RoleFile file, Measure measure) => measured.TryGetValue(file, out var found) ? found : Measure(Content(file), file.Path, [measure]);

    object IMeasuredFiles.Compare(RoleFile left, RoleFile right, IPairMeasure measure, CancellationToken cancellation)
        => measure.Of(Content(left), Content(right), cancellation);

    // Content that was made in the test, or cut from a file's: no bytes to read, and the same passes.
    private static MeasuredFile Measure(Artifact content, string path, IReadOnlyList<Measure> measures)
    {
        var result = FileMeasuring.Run(content, path, measures, CancellationToken.None);
        foreach (var measure in measures)
        {
            var value = (measure, content) switch
            {
                (IAudioMeasure audio, AudioClip clip) => AudioPass.Run(clip, [audio.Begin(clip)], CancellationToken.None)[0],
                (IWeightMeasure weights, Checkpoint checkpoint) => WeightPass.Run(checkpoint, [weights.Begin(checkpoint)], CancellationToken.None)[0],
                (IExaminationMeasure examination, _) => examination.Of(new Examination(new FileStamp(path, 0, default), content, null, null)),
                _ => null,
            };
            if (value is not null)
            {
                result.Add(measure, value);
            }
        }

        return result;
    }

    private Artifact Content(RoleFile file)
        => files[file].Content ?? ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(files[file].Bytes), new ReadBudget(ReadLimits.Default)));

    private GateRun Add(RoleFile file, (byte[]? Bytes, Artifact? Content, DateTimeOffset Written) content)
    {
        files[file] = content;
        roles[file.Role] = new RoleMatch(
            [.. files.Keys.Where(f => f.Role == file.Role).OrderBy(f => f.Path, StringComparer.Ordinal)], SafeText.Empty);
        return this;
    }

    private sealed class InMemory(Dictionary<RoleFile, (byte[]? Bytes, Artifact? Content, DateTimeOffset Written)> files) : IArtifactFiles
    {
        public OpenedArtifact Open(RoleFile file) => new(new MemoryByteSource(files[file].Bytes), null, files[file].Written);
    }
}
