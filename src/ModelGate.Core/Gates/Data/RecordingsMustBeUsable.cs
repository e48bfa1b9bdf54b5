using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>No recording of a data set may be silent, clipped, there twice, empty or unreadable, or of another rate or number of channels than the others.</summary>
[GateId("MG6006")]
internal sealed class RecordingsMustBeUsable : Gate<RecordingsMustBeUsable.Options>
{
    private static readonly ArtifactRole[] Recorded = [ArtifactRole.Recordings, ArtifactRole.Recordings16k];

    /// <summary>What counts as silent, and how many may be unfit.</summary>
    public sealed record Options
    {
        /// <summary>The RMS level in dBFS below which a recording counts as silent; -60 by default.</summary>
        [Range(-120, 0)]
        public double Silence { get; init; } = -60;

        /// <summary>The share of a folder's recordings that may be silent, clipped or duplicates, from 0 to 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => Recorded;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => DataSets.Of(files, Recorded);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Files.SelectMany(f => new[] { new Need(f, new RecordingHealthMeasure()), new Need(f, new ClipFormMeasure()), new Need(f, new ReadabilityMeasure()) });

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var findings = new List<Finding>();
        var said = new List<SafeText>();
        var unusable = 0;
        foreach (var role in Recorded.Where(r => subject.Of(r).Any()))
        {
            Recording[] recordings = [.. subject.Of(role).Select(f => new Recording(
                f.FileName, measured.Find(f, new ClipFormMeasure()), measured.Find(f, new RecordingHealthMeasure()), measured.Find(f, new ReadabilityMeasure())))];
            var folder = DataSets.FolderOf(subject.First(role));
            var usual = recordings.Where(r => r.Form is not null).GroupBy(r => (r.Form!.SampleRate, r.Form.Channels)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key;
            unusable += Judge(folder, role, recordings, usual, options, findings);
            said.Add(usual is var (rate, channels)
                ? SafeText.Of($"{SafeText.Count(recordings.Length, "recording")} in {folder} at {rate} Hz with {SafeText.Count(channels, "channel")}")
                : SafeText.Of($"{SafeText.Count(recordings.Length, "file")} in {folder}"));
        }

        Measurement[] measurements = [UnusableRecordings.Info.Of(subject.Path, unusable)];
        return findings.Count == 0
            ? Judgement.Of(SafeText.Of($"{SafeText.Join(", ", said)} can be used{SafeText.From(unusable > 0 ? $"; {unusable} of them are silent, clipped or there twice, which the share allows" : "")}"), measurements, [])
            : Judgement.Of(SafeText.Join("; ", findings.Select(f => f.Message)), measurements, [.. findings.Select(f => f with { Evidence = measurements })]);
    }

    private static int Judge(SafeText folder, ArtifactRole role, Recording[] recordings, (int Rate, int Channels)? usual, Options options, List<Finding> findings)
    {
        Recording[] unreadable = [.. recordings.Where(r => r.Form is null || r.Health is null)];
        Recording[] empty = [.. recordings.Except(unreadable).Where(r => r.Form!.Seconds == 0)];
        Recording[] sound = [.. recordings.Except(unreadable).Except(empty)];
        Recording[] broken = [.. sound.Where(r => r.Health!.NonFinite > 0)];
        Recording[] others = [.. sound.Where(r => (r.Form!.SampleRate, r.Form.Channels) != usual)];
        Recording[] silent = [.. sound.Except(broken).Where(r => 20 * Math.Log10(Math.Max(r.Health!.Rms, 1e-12)) < options.Silence)];
        Recording[] clipped = [.. sound.Except(broken).Where(r => r.Health!.IsClipped)];
        var copies = sound.Except(silent).GroupBy(r => r.Health!.Digest, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).ToArray();
        Recording[] twice = [.. copies.SelectMany(g => g.Skip(1))];

        void Add(Recording[] of, string what, Func<Recording, string> name, SafeText remedy)
        {
            if (of.Length > 0)
            {
                findings.Add(new Finding(SafeText.Of($"{of.Length} of {SafeText.Count(recordings.Length, "recording")} in {folder} {SafeText.From(of.Length == 1 ? "is" : "are")} {SafeText.From(what)}: {DataSets.List([.. of.Select(name)])}")) { Remedy = remedy });
            }
        }

        Add(unreadable, "unreadable", r => r.Readability is { Problem.IsEmpty: false } why ? $"{r.Name} ({why.Problem.Value})" : $"{r.Name} (not a recording)", SafeText.Of($"Cut these recordings again, or take them out of every folder"));
        Add(empty, "empty", r => r.Name, SafeText.Of($"Take these recordings out of every folder"));
        Add(broken, "broken by NaN or infinity", r => r.Name, SafeText.Of($"Cut these recordings again: a filter of the preprocessing has run away"));
        Add(others, $"of another form than {usual?.Rate} Hz with {usual?.Channels} channel{(usual?.Channels == 1 ? "" : "s")}", r => $"{r.Name} ({r.Form!.SampleRate} Hz, {r.Form.Channels})", SafeText.Of($"Run the preprocessing again for all recordings, with one sample rate"));
        if (role == ArtifactRole.Recordings16k && usual is { Rate: not 16_000 and var rate })
        {
            findings.Add(new Finding(SafeText.Of($"recordings in {folder} are at {rate} Hz, and features are made at 16000 Hz")) { Remedy = SafeText.Of($"Resample the recordings, and make features and pitch again") });
        }

        if (silent.Union(clipped).Union(twice).Count() > options.Share * recordings.Length)
        {
            Add(silent, $"silent, below {options.Silence} dBFS", r => r.Name, SafeText.Of($"Take silent recordings out: the model learns from them that any features may be silence"));
            Add(clipped, "clipped", r => r.Name, SafeText.Of($"Record again with more headroom, or take them out: the model learns the distortion"));
            Add(twice, "there twice", r => $"{r.Name} (as {copies.First(c => c.Key == r.Health!.Digest).First().Name})", SafeText.Of($"Take the copies out: they count double in training"));
        }

        return unreadable.Union(empty).Union(broken).Union(others).Union(silent).Union(clipped).Union(twice).Count();
    }

    private sealed record Recording(string Name, ClipForm? Form, RecordingHealth? Health, Readability? Readability);
}
