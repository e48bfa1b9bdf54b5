using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>The features of a data set must be those of its recordings: they explain far more of their sound than features of other recordings do, and at their own time.</summary>
[GateId("MG6007")]
internal sealed class FeaturesMustBelongToTheirAudio : AlignmentGate<FeaturesMustBelongToTheirAudio.Options, FeatureFrames, LogMelFrames, FeatureSegment>
{
    /// <summary>How many segments are looked at, and what is let pass.</summary>
    public sealed record Options : ISegmentsOption
    {
        /// <summary>The most segments that are looked at, spread evenly over the data set; 400 by default.</summary>
        [Range(FewestSegments, 5000)]
        public int Segments { get; init; } = 400;

        /// <summary>How many frames of 20 ms features may be late or early; 2 by default.</summary>
        [Range(0, AlignmentVerdict.FarthestLag - 1)]
        public int Lag { get; init; } = AlignmentVerdict.DefaultLag;

        /// <summary>The share of segments that may stand out without an explanation, from 0 to 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;
    }

    /// <inheritdoc/>
    protected override ArtifactRole Side => ArtifactRole.Features;

    /// <inheritdoc/>
    protected override Measure<FeatureFrames> SideMeasure => new FeatureFramesMeasure();

    /// <inheritdoc/>
    protected override Measure<LogMelFrames> SoundMeasure => new LogMelMeasure();

    /// <inheritdoc/>
    protected override FeatureSegment? SegmentOf(string name, FeatureFrames side, LogMelFrames sound, IReadOnlyList<FeatureSegment> before)
        => FeatureSegment.Of(name, side, sound) is { } segment && (before.Count == 0 || before[0].Rows[0].Length == segment.Rows[0].Length) ? segment : null;

    /// <inheritdoc/>
    protected override SafeText TooFew(int segments, int of)
        => SafeText.Of($"{segments} of {SafeText.Count(of, "segment")} with features and a recording can be compared, and fewer than {FewestSegments} say nothing: half a second of sound and finite features are wanted of each");

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, IReadOnlyList<FeatureSegment> segments, Options options, IMeasured measured)
    {
        var verdict = AlignmentVerdict.Of(segments, options.Lag, measured.Cancellation);
        var chance = new Requirement(Relation.Above, Math.Round(verdict.ShuffledMaximum, 4));
        List<Measurement> measurements =
        [
            FeatureFit.Info.Of(subject.Path, verdict.Fit) with { Required = chance },
            ShuffledFeatureFit.Info.Of(subject.Path, verdict.ShuffledMaximum),
        ];
        if (verdict.BestLag is { } best)
        {
            measurements.Add(FeatureLag.Info.Of(subject.Path, best * 0.02));
        }

        var chances = SafeText.Of($"features of other recordings {verdict.ShuffledMean:0.00} on average and at most {verdict.ShuffledMaximum:0.00} in {FeatureAlignment.Shuffles} shuffles");
        var compared = SafeText.Count(segments.Count, "segment");
        if (verdict.IsUndecided)
        {
            return Judgement.Inconclusive(SafeText.Of($"features explain {verdict.Fit:0.00} of the variance of the sound of {compared}, {chances}: too little to tell")) with { Measurements = measurements };
        }

        Finding[] findings = [.. Findings(verdict, segments, chances, options).Select(f => f with { Evidence = measurements })];
        var remark = verdict.Strangers.Count > 0 ? SafeText.Of($"; {DataSets.List([.. verdict.Strangers.Select(s => segments[s.Segment].Name)])} {SafeText.From(verdict.Strangers.Count == 1 ? "stands" : "stand")} out")
            : verdict.TellsSegments ? SafeText.Empty : SafeText.Of($"; that is too little to tell of a single segment whether its features are its own");
        return findings.Length > 0
            ? Judgement.Of(findings[0].Message, measurements, findings)
            : Judgement.Of(SafeText.Of($"features explain {verdict.Fit:0.00} of the variance of the sound of {compared}, {chances}{remark}"), measurements, []);
    }

    private static IEnumerable<Finding> Findings(AlignmentVerdict verdict, IReadOnlyList<FeatureSegment> segments, SafeText chances, Options options)
    {
        if (verdict.IsLate)
        {
            var by = verdict.BestLag!.Value;
            yield return new Finding(SafeText.Of(
                $"features are {Math.Abs(by) * 20} ms {SafeText.From(by > 0 ? "late" : "early")}: they explain {verdict.FitAtBestLag:0.00} of the variance of the sound {SafeText.Count(Math.Abs(by), "frame")} {SafeText.From(by > 0 ? "earlier" : "later")}, and {verdict.Fit:0.00} at their own time"))
            {
                Remedy = SafeText.Of($"Make the features again from the recordings as they are now: they were made before silence was cut off or put in front"),
            };
            yield break;
        }

        if (!verdict.IsConnected)
        {
            var shift = verdict.Shift is { } by
                ? SafeText.Of($"; with the features of {SafeText.From(Math.Abs(by.Offset) == 1 ? "the" : "the second")} {SafeText.From(by.Offset < 0 ? "recording before" : "recording after")} each it would be {by.Fit:0.00}")
                : SafeText.Empty;
            yield return new Finding(SafeText.Of($"features are not those of their recordings: they explain {verdict.Fit:0.00} of the variance of the sound, {chances}{shift}"))
            {
                Remedy = SafeText.Of($"Delete the features and make them again from these recordings; whatever was trained on them has learned to babble, however low its loss is"),
            };
            yield break;
        }

        var explained = verdict.Strangers.Where(s => s.IsExplained).ToArray();
        var share = (double)verdict.Strangers.Count / segments.Count;
        if (explained.Length == 0 && share <= options.Share)
        {
            yield break;
        }

        foreach (var stranger in verdict.Strangers.Take(20))
        {
            var name = segments[stranger.Segment].Name;
            yield return new Finding(stranger switch
            {
                { Late: not 0 and var late } => SafeText.Of($"the features of {SafeText.From(name)} are {Math.Abs(late) * 20} ms {SafeText.From(late > 0 ? "late" : "early")}: correlation {stranger.Explained:0.00} there, {stranger.Own:0.00} at their own time"),
                { Other: { } other } => SafeText.Of($"the features of {SafeText.From(name)} are those of {SafeText.From(segments[other].Name)}: correlation {stranger.Explained:0.00} with its sound, {stranger.Own:0.00} with their own, typically {verdict.TypicalCorrelation:0.00}"),
                _ => SafeText.Of($"the features of {SafeText.From(name)} are not those of its recording: correlation {stranger.Own:0.00} with its sound, typically {verdict.TypicalCorrelation:0.00}"),
            })
            {
                Remedy = SafeText.Of($"Make the features of this recording again, or take it out of the data set"),
            };
        }

        if (verdict.Strangers.Count > 20)
        {
            yield return new Finding(SafeText.Of($"and {verdict.Strangers.Count - 20} more of {segments.Count} segments"));
        }
    }
}
