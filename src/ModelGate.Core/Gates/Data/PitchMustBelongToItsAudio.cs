using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>The pitch of a data set must be that of its recordings: they are periodic where it says, far more than where the pitch of other recordings says, and at its own time and octave.</summary>
[GateId("MG6008")]
internal sealed class PitchMustBelongToItsAudio : AlignmentGate<PitchMustBelongToItsAudio.Options, PitchTrack, Periodicity, PitchSegment>
{
    /// <summary>How many segments are looked at, and what is let pass.</summary>
    public sealed record Options : ISegmentsOption
    {
        /// <summary>The most segments that are looked at, spread evenly over the data set; 400 by default.</summary>
        [Range(FewestSegments, 5000)]
        public int Segments { get; init; } = 400;

        /// <summary>How many frames of 20 ms pitch may be late or early; 2 by default.</summary>
        [Range(0, PitchAlignment.FarthestLag - 1)]
        public int Lag { get; init; } = 2;

        /// <summary>The share of segments that may stand out without an explanation or lie an octave off, from 0 to 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;
    }

    /// <inheritdoc/>
    protected override ArtifactRole Side => ArtifactRole.FinePitch;

    /// <inheritdoc/>
    protected override Measure<PitchTrack> SideMeasure => new PitchTrackMeasure();

    /// <inheritdoc/>
    protected override Measure<Periodicity> SoundMeasure => new PeriodicityMeasure();

    /// <inheritdoc/>
    protected override PitchSegment? SegmentOf(string name, PitchTrack side, Periodicity sound, IReadOnlyList<PitchSegment> before)
        => PitchSegment.Of(name, side, sound);

    /// <inheritdoc/>
    protected override SafeText TooFew(int segments, int of)
        => SafeText.Of($"{segments} of {SafeText.Count(of, "segment")} with pitch and a recording can be compared, and fewer than {FewestSegments} say nothing: each needs a third of a second of voiced sound");

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, IReadOnlyList<PitchSegment> segments, Options options, IMeasured measured)
    {
        var verdict = PitchAlignment.Of(segments, options.Lag, measured.Cancellation);
        List<Measurement> measurements =
        [
            PitchFit.Info.Of(subject.Path, verdict.Fit),
            ShuffledPitchFit.Info.Of(subject.Path, verdict.ShuffledMaximum),
            PitchLag.Info.Of(subject.Path, verdict.BestLag * 0.02),
        ];
        var fits = SafeText.Of($"at the stated pitch the recordings are more periodic than at {verdict.Fit:0.0 %} of other lags, at the pitch of other recordings than at {verdict.ShuffledMean:0.0 %} on average and {verdict.ShuffledMaximum:0.0 %} at most");
        if (verdict.IsUndecided)
        {
            return Judgement.Inconclusive(SafeText.Of($"{fits}: too little to tell")) with { Measurements = measurements };
        }

        Finding[] findings = [.. Findings(verdict, segments, fits, options).Select(f => f with { Evidence = measurements })];
        string[] odd = [.. verdict.Strangers.Select(s => segments[s.Segment].Name), .. verdict.Octaves.Select(o => segments[o.Segment].Name)];
        return findings.Length > 0
            ? Judgement.Of(findings[0].Message, measurements, findings)
            : Judgement.Of(SafeText.Of($"{fits}, in {SafeText.Count(segments.Count, "segment")}{(odd.Length == 0 ? SafeText.Empty : SafeText.Of($"; {DataSets.List(odd)} {SafeText.From(odd.Length == 1 ? "stands" : "stand")} out"))}"), measurements, []);
    }

    private static IEnumerable<Finding> Findings(PitchAlignment verdict, IReadOnlyList<PitchSegment> segments, SafeText fits, Options options)
    {
        if (verdict.IsLate)
        {
            yield return new Finding(SafeText.Of(
                $"pitch is {Math.Abs(verdict.BestLag) * 20} ms {SafeText.From(verdict.BestLag > 0 ? "late" : "early")}: taken there, the recordings are more periodic at it than at {verdict.FitAtBestLag:0.0 %} of other lags, and at its own time than at {verdict.Fit:0.0 %}"))
            {
                Remedy = SafeText.Of($"Compute the pitch again from the recordings as they are now: it was computed before silence was cut off or put in front"),
            };
            yield break;
        }

        if (!verdict.IsConnected)
        {
            var shift = verdict.Shift is { } by
                ? SafeText.Of($"; with the pitch of {SafeText.From(Math.Abs(by.Offset) == 1 ? "the" : "the second")} {SafeText.From(by.Offset < 0 ? "recording before" : "recording after")} each it would be {by.Fit:0.0 %}")
                : SafeText.Empty;
            yield return new Finding(SafeText.Of($"the pitch is not that of the recordings: {fits}{shift}"))
            {
                Remedy = SafeText.Of($"Delete the pitch and compute it again from these recordings; whatever was trained on it sings other notes than it is told"),
            };
            yield break;
        }

        if (verdict.Semitones is not 0 and var semitones)
        {
            yield return new Finding(SafeText.Of(
                $"pitch is {NumberText.Of(Math.Abs(semitones))} {SafeText.From(Math.Abs(semitones) == 1 ? "semitone" : "semitones")} {SafeText.From(semitones > 0 ? "above" : "below")} the recordings: without them they are more periodic at it than at {verdict.FitInTune:0.0 %} of other lags, as stated than at {verdict.Fit:0.0 %}"))
            {
                Remedy = SafeText.Of($"Compute the pitch again from the recordings as they are now: one side was read at another sample rate, or transposed"),
            };
            yield break;
        }

        foreach (var side in verdict.Octaves.GroupBy(o => o.Octaves).OrderBy(g => g.Key).Where(g => g.Count() > options.Share * segments.Count))
        {
            string[] names = [.. side.Select(o => segments[o.Segment].Name)];
            yield return new Finding(SafeText.Of($"the pitch of {names.Length} of {SafeText.Count(segments.Count, "segment")} is an octave {SafeText.From(side.Key > 0 ? "above" : "below")} that of the recording: {DataSets.List(names)}"))
            {
                Remedy = SafeText.Of($"Compute the pitch of these recordings again, with another method if need be"),
            };
        }

        if (!verdict.Strangers.Any(s => s.IsExplained) && verdict.Strangers.Count <= options.Share * segments.Count)
        {
            yield break;
        }

        foreach (var stranger in verdict.Strangers.Take(20))
        {
            var name = segments[stranger.Segment].Name;
            yield return new Finding(stranger switch
            {
                { Late: not 0 and var late } => SafeText.Of($"the pitch of {SafeText.From(name)} is {Math.Abs(late) * 20} ms {SafeText.From(late > 0 ? "late" : "early")}: its rank among lags is {stranger.Explained:0.0 %} there, {stranger.Own:0.0 %} at its own time"),
                { Other: { } other } => SafeText.Of($"the pitch of {SafeText.From(name)} is that of {SafeText.From(segments[other].Name)}: its rank among lags is {stranger.Explained:0.0 %} in that recording, {stranger.Own:0.0 %} in its own"),
                _ => SafeText.Of($"the pitch of {SafeText.From(name)} is not that of its recording: its rank among lags is {stranger.Own:0.0 %}"),
            })
            {
                Remedy = SafeText.Of($"Compute the pitch of these recordings again, or take them out of the data set"),
            };
        }

        if (verdict.Strangers.Count > 20)
        {
            yield return new Finding(SafeText.Of($"and {verdict.Strangers.Count - 20} more of {segments.Count} segments"));
        }
    }
}
