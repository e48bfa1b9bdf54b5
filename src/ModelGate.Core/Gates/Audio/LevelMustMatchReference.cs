using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The output must be about as loud as its reference, and loud enough to be heard where there is none.</summary>
[GateId("MG5003")]
internal sealed class LevelMustMatchReference : OutputAndAnyReference<LevelMustMatchReference.Options>
{
    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.SelectMany(f => new[] { new Need(f, new SampleMeasure()), new Need(f, new LoudnessMeasure()) });

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var reference = subject.Of(ArtifactRole.Reference).FirstOrDefault();
        var levels = measured.Of(output, new SampleMeasure());
        if (levels.Mixed is not { } mixed)
        {
            return Judgement.Inconclusive(levels.NonFinite > 0 ? RecordingProblem.NothingMeasured(levels.NonFinite) : SafeText.Of($"the recording holds no samples"));
        }

        var decibels = mixed.Rms > 0 ? 20 * Math.Log10(mixed.Rms) : double.NegativeInfinity;
        var checks = new LimitChecks(subject.Path);
        checks.Require(
            Rms.Info,
            mixed.Rms,
            Relation.Above,
            RecordingWords.Amplitude(options.MinimumLevel),
            double.IsFinite(decibels)
                ? SafeText.Of($"the output's RMS level is {decibels:0.0} dBFS, and has to be above {NumberText.OfLimit(options.MinimumLevel)}: it can hardly be heard")
                : SafeText.Of($"every sample of the output is zero"),
            SafeText.Of($"Look at the scale of the samples when the file was written, and whether the model's weights were loaded"));
        var loudness = measured.Of(output, new LoudnessMeasure()).Integrated;
        checks.Note(IntegratedLoudness.Info, loudness);
        if (reference is null)
        {
            return checks.Judge(SafeText.Of($"the RMS level is {decibels:0.0} dBFS, and there is no reference to compare it with"));
        }

        var wanted = measured.Of(reference, new LoudnessMeasure()).Integrated;
        var difference = loudness - wanted;
        var limit = options.Limit;
        checks.Require(
            LoudnessDifference.Info,
            difference,
            difference < 0 ? Relation.AtLeast : Relation.AtMost,
            difference < 0 ? -limit : limit,
            SafeText.Of($"the output is {Math.Abs(difference ?? 0):0.0} LU {(difference < 0 ? "quieter" : "louder")} than {reference.Path} ({subject.PairedBy}): {loudness ?? 0:0.0} LUFS against {wanted ?? 0:0.0}"),
            SafeText.Of($"Bring recordings to one loudness before training and before they are compared, or widen the limit where levels are set later"));
        return difference is null && checks.AreMet
            ? checks.Inconclusive(SafeText.Of($"{(loudness is null ? output.Path : reference.Path)} is too quiet or too short for a loudness"))
            : checks.Judge(SafeText.Of($"{loudness ?? 0:0.0} LUFS, {difference ?? 0:+0.0;-0.0;0.0} LU beside {reference.Path} ({subject.PairedBy})"));
    }

    /// <summary>The limits, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The largest difference in integrated loudness from the reference, in LU; 6 by default.</summary>
        [Range(0, 100)]
        public double Limit { get; init; } = 6;

        /// <summary>The RMS level in dBFS that the output has to be above, with a reference or without; -50 by default.</summary>
        [Range(-120, 0)]
        public double MinimumLevel { get; init; } = -50;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
