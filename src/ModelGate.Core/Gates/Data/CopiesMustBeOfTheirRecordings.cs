using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>The recordings at 16 kHz of a data set, from which features and pitch are computed, must be the recordings that the model is trained to speak.</summary>
[GateId("MG6010")]
internal sealed class CopiesMustBeOfTheirRecordings : Gate<CopiesMustBeOfTheirRecordings.Options>
{
    private const int MostShown = 20;
    private const int LowestRate = 16_000;

    /// <summary>How many recordings are compared, and how alike they have to be.</summary>
    public sealed record Options : ISegmentsOption
    {
        /// <summary>The most recordings that are compared, spread evenly over the data set; 400 by default.</summary>
        [Range(1, 5000)]
        public int Segments { get; init; } = 400;

        /// <summary>The lowest correlation of a recording and its copy, from 0 to 1; 0.8 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.8;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Recordings, ArtifactRole.Recordings16k];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => DataSets.Of(files, Roles).Select(s => s.Problem.IsEmpty ? s with { Files = DataSets.Chosen(s, options.Segments) } : s);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options) => subject.Files.SelectMany(f => new[] { new Need(f, new LogMelMeasure()), new Need(f, new ClipFormMeasure()) });

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var all = DataSets.Items(subject).Where(i => i.Files.Count == 2).ToArray();
        Pair[] pairs = [.. all.Select(i => PairOf(i, measured)).OfType<Pair>()];
        if (pairs.Length == 0)
        {
            return Judgement.Nothing(all.Length == 0
                ? SafeText.Of($"no recording has a copy of its name")
                : SafeText.Of($"none of {SafeText.Count(all.Length, "recording")} can be compared with its copy: all are silent, shorter than a quarter of a second, below {LowestRate} Hz, or unreadable"));
        }

        var left = all.Length == pairs.Length ? SafeText.Empty
            : SafeText.Of($"; {all.Length - pairs.Length} could not be compared, being silent, shorter than a quarter of a second, below {LowestRate} Hz, or unreadable");
        var lowest = pairs.Min(p => p.Correlation);
        Measurement[] measurements = [RecordingCopyCorrelation.Info.Of(subject.Path, lowest) with { Required = new(Relation.AtLeast, options.Limit) }];
        Pair[] wrong = [.. pairs.Where(p => p.Correlation < options.Limit)];
        var (folder, copies) = (DataSets.FolderOf(all[0].Find(ArtifactRole.Recordings)!), DataSets.FolderOf(all[0].Find(ArtifactRole.Recordings16k)!));
        if (wrong.Length == 0)
        {
            return Judgement.Of(SafeText.Of($"{SafeText.Count(pairs.Length, "recording")} in {copies} {SafeText.From(pairs.Length == 1 ? "matches that" : "match those")} of the same name in {folder}: correlation {lowest:0.00} or more{left}"), measurements, []);
        }

        var findings = wrong.Take(MostShown).Select(p => new Finding(MessageOf(p, pairs, options.Limit, folder, copies))
        {
            Evidence = measurements,
            Remedy = SafeText.Of($"Cut the recordings again and make copies, features and pitch anew: the model is trained to speak the recording from what was computed from the copy"),
        }).ToList();
        if (wrong.Length > MostShown)
        {
            findings.Add(new Finding(SafeText.Of($"and {wrong.Length - MostShown} more of {SafeText.Count(pairs.Length, "recording")}")));
        }

        return Judgement.Of(wrong.Length == 1 ? SafeText.Of($"{findings[0].Message}{left}") : SafeText.Of($"{wrong.Length} of {pairs.Length} recordings in {copies} do not match those of the same name in {folder}: {findings[0].Message}{left}"), measurements, findings);
    }

    private static SafeText MessageOf(Pair pair, Pair[] pairs, double limit, SafeText folder, SafeText copies)
    {
        var name = SafeText.From(pair.Name);
        var own = SafeText.Of($"correlation {pair.Correlation:0.00} with {name} in {folder}");
        var (late, correlation) = RecordingCopyCorrelation.Best(pair.Recording, pair.Copy);
        if (late != 0 && correlation >= limit)
        {
            return SafeText.Of($"{name} in {copies} is {Math.Abs(late) * 1000 / LogMelMeasure.FramesPerSecond} ms {SafeText.From(late > 0 ? "late" : "early")}: correlation {correlation:0.00} there, {pair.Correlation:0.00} at its own time");
        }

        // The neighbours first: lists that slipped by one.
        var at = Array.IndexOf(pairs, pair);
        var other = pairs.Index().OrderBy(p => Math.Abs(p.Index - at)).Skip(1).Select(p => (p.Item.Name, Fit: RecordingCopyCorrelation.Of(p.Item.Recording, pair.Copy) ?? 0)).FirstOrDefault(p => p.Fit >= limit);
        return other.Name is { } found
            ? SafeText.Of($"{name} in {copies} is {SafeText.From(found)} of {folder}: correlation {other.Fit:0.00}; {own}")
            : SafeText.Of($"{name} in {copies} is another recording: {own}");
    }

    private static Pair? PairOf(DataSetItem item, IMeasured measured)
    {
        var (file, copy) = (item.Find(ArtifactRole.Recordings)!, item.Find(ArtifactRole.Recordings16k)!);
        return measured.Find(file, new LogMelMeasure()) is { } recording && measured.Find(copy, new LogMelMeasure()) is { } other
            && measured.Find(file, new ClipFormMeasure())?.SampleRate >= LowestRate && measured.Find(copy, new ClipFormMeasure())?.SampleRate >= LowestRate
            && RecordingCopyCorrelation.Of(recording, other) is { } correlation
            ? new Pair(item.Name, recording, other, correlation)
            : null;
    }

    private sealed record Pair(string Name, LogMelFrames Recording, LogMelFrames Copy, double Correlation);
}
