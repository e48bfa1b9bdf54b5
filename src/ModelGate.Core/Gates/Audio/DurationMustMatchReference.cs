using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>The output must last as long as its reference: one made at 40 kHz and played at 48 kHz does not, nor does one that was cut.</summary>
[GateId("MG5008")]
internal sealed class DurationMustMatchReference : OutputBesideReference<DurationMustMatchReference.Options>
{
    private static readonly int[] Rates = [8000, 16_000, 22_050, 24_000, 32_000, 40_000, 44_100, 48_000];

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var reference = subject.First(ArtifactRole.Reference);
        var output = measured.Of(subject.First(ArtifactRole.Output), new ClipFormMeasure());
        var wanted = measured.Of(reference, new ClipFormMeasure());
        if (wanted.Seconds == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{reference.Path} holds no samples"));
        }

        var ratio = output.Seconds / wanted.Seconds;
        var tolerated = Math.Max(options.Tolerance, Math.Round(options.Slack / wanted.Seconds, 4));
        var checks = new LimitChecks(subject.Path);
        checks.Note(Duration.Info, output.Seconds);
        checks.Require(
            DurationRatio.Info,
            ratio,
            ratio < 1 ? Relation.AtLeast : Relation.AtMost,
            ratio < 1 ? 1 - tolerated : 1 + tolerated,
            SafeText.Of($"the output lasts {output.Seconds:0.00} s and its reference {wanted.Seconds:0.00} s ({reference.Path}, {subject.PairedBy}): {Likeness(ratio, output.SampleRate)}"),
            SafeText.Of($"Look at the sample rate that the model was trained at and at the one in the header of the file; a text-to-speech model with timing of its own needs a wider tolerance"));
        return checks.Judge(SafeText.Of($"the output lasts {output.Seconds:0.00} s, {Math.Abs(ratio - 1):0.0 %} from its reference's {wanted.Seconds:0.00} s ({reference.Path}, {subject.PairedBy})"));
    }

    // A rate that is written into the header and is not that of the samples changes the duration by the quotient of both, and nothing else does so exactly.
    private static SafeText Likeness(double ratio, int rate)
        => Rates.Where(r => r != rate && Math.Abs((ratio * rate / r) - 1) < 0.005).Cast<int?>().FirstOrDefault() is { } made
            ? SafeText.Of($"as if it was made at {made} Hz and is played at {rate} Hz")
            : ratio < 1 ? SafeText.Of($"{1 - ratio:0.0 %} of the time is missing") : SafeText.Of($"{ratio - 1:0.0 %} longer");

    /// <summary>How far the durations may differ, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The largest difference as a share of the reference's duration, from 0 to 10; 0.02 by default.</summary>
        [Range(0, 10)]
        public double Tolerance { get; init; } = 0.02;

        /// <summary>The difference in seconds that is always allowed: models drop what does not fill a frame; 0.05 by default.</summary>
        [Range(0, 60)]
        public double Slack { get; init; } = 0.05;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
