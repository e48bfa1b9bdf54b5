using ModelGate.Runs;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The output must change sign about as often as its reference: noise does so far more often, a hum far less.</summary>
[GateId("MG5002")]
internal sealed class ZeroCrossingsMustMatchReference : OutputBesideReference<ZeroCrossingsMustMatchReference.Options>
{
    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, OfChannels.Crossings));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var (output, reference) = (subject.First(ArtifactRole.Output), subject.First(ArtifactRole.Reference));
        var (found, wanted) = (measured.Of(output, OfChannels.Crossings), measured.Of(reference, OfChannels.Crossings));
        if (found.Problem is { IsEmpty: false } problem || wanted.Problem is { IsEmpty: false })
        {
            return Judgement.Inconclusive(found.Problem.IsEmpty ? SafeText.Of($"{reference.Path}: {wanted.Problem}") : found.Problem);
        }

        if (found.Largest(c => c.ActivePerSecond) is null || wanted.Largest(c => c.ActivePerSecond) is not { Value: var expected })
        {
            return Judgement.Inconclusive(SafeText.Of($"{(found.Largest(c => c.ActivePerSecond) is null ? output.Path : reference.Path)} is silent, and silence crosses no zero"));
        }

        if (expected == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{reference.Path} never crosses zero"));
        }

        // A voice that was transposed by resampling takes its crossings along; one that kept its formants does not.
        // Of several channels, the one that is furthest off.
        var worst = found.Largest(c => c.ActivePerSecond is { } value ? Math.Abs(Math.Log(Math.Max(value, 1e-9) / expected)) : null)!;
        var crossings = worst.Result.ActivePerSecond!.Value;
        var ratio = crossings / expected;
        var shift = RecordingWords.Factor(options.PitchShift);
        var (least, most) = (Math.Round(Math.Min(1, shift) / options.Factor, 4), Math.Round(Math.Max(1, shift) * options.Factor, 4));
        if (ratio < least && found.Rate < wanted.Rate)
        {
            return Judgement.Inconclusive(SafeText.Of($"the output crosses zero {ratio:0.00} times as often as {reference.Path} ({subject.PairedBy}), which has {wanted.Rate} Hz against its {found.Rate} Hz: what lies above the output's band may be all the difference"));
        }

        var checks = new LimitChecks(subject.Path);
        checks.Note(ZeroCrossingsActive.Info, crossings, worst.Part);
        checks.Require(
            CrossingsRatio.Info,
            ratio,
            ratio < 1 ? Relation.AtLeast : Relation.AtMost,
            ratio < 1 ? least : most,
            SafeText.Of($"{worst.Subject} crosses zero {crossings:0} times a second and {reference.Path} ({subject.PairedBy}) {expected:0} times: {(ratio < 1 ? "a hum, a constant or a muffled sound" : "noise or hiss")} does that"),
            SafeText.Of($"Listen to the output; look at spectral flatness and at the spectrogram for what was added or lost"),
            worst.Part);
        return checks.Judge(SafeText.Of($"the output crosses zero {crossings:0} times a second, {ratio:0.00} times as often as {reference.Path} ({subject.PairedBy})"));
    }

    /// <summary>The limit, the transposition, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The factor by which the crossings may differ, in either direction; 2.2 by default.</summary>
        [Range(1, 100)]
        public double Factor { get; init; } = 2.2;

        /// <summary>The semitones by which the voice was transposed, which widen the limit in their direction; 0 by default.</summary>
        [Range(-48, 48)]
        public double PitchShift { get; init; }

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
