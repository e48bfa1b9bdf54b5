using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>The output must say what its reference says: its mel spectrogram resembles the reference's or, where another voice was converted, follows the input's over time.</summary>
[GateId("MG5010")]
internal sealed class MelMustResembleReference : Gate<MelMustResembleReference.Options>
{
    // An MP3 of the input or a copy at another level stays below; the best resynthesis of the calibration is at 0.04.
    private const double Unchanged = 0.02;

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Reference, ArtifactRole.Input];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Target];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
    {
        var hasReference = files.Has(ArtifactRole.Reference);
        if (!hasReference && files.Missing(ArtifactRole.Input) is { IsEmpty: false } problem && files.Of(ArtifactRole.Output).Count > 0)
        {
            return files.Of(ArtifactRole.Output).Select(o => Subject.Impossible(problem, o.Path));
        }

        var byInput = RecordingPairs.Of(files, hasReference ? null : options.ReferenceName, ArtifactRole.Input).ToArray();
        if (!hasReference)
        {
            return byInput.Select(s => s.Files.Count == 1 ? Subject.Impossible(RecordingPairs.Unpaired(s, files, ArtifactRole.Input, options.ReferenceName), s.Path) : With(s, files.Of(ArtifactRole.Target)));
        }

        return RecordingPairs.Both(files, options.ReferenceName).Zip(byInput, (s, i) => s.Files.Count < 2 ? s : With(s, [.. i.Files.Skip(1), .. files.Of(ArtifactRole.Target)]));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.Where(f => f.Role != ArtifactRole.Target).Select(f => new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options)
        => subject.Files.Where(f => f.Role != ArtifactRole.Target).Select(f => new Need(f, new SpectrogramMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var input = subject.Of(ArtifactRole.Input).FirstOrDefault();
        var against = subject.Of(ArtifactRole.Reference).FirstOrDefault() ?? input!;
        var found = measured.Compare(output, against, new RecordingComparisonMeasure());
        var checks = new LimitChecks(subject.Path);
        if (found.Mel is not { } mel || found.Distortion is not { } distortion)
        {
            return Judgement.Inconclusive(!found.Problem.IsEmpty ? found.Problem : SafeText.Of($"{output.Path} or {against.Path} is too short for a mel spectrogram"));
        }

        if (mel.Active is null)
        {
            return Judgement.Inconclusive(SafeText.Of($"{against.Path} is silent, so that there is nothing to resemble"));
        }

        var ratio = measured.Of(output, new ClipFormMeasure()).Seconds / measured.Of(against, new ClipFormMeasure()).Seconds;
        var isAligned = Math.Abs(ratio - 1) <= options.Alignment;
        if (input is not null && subject.Of(ArtifactRole.Target).Any())
        {
            var copy = against == input ? found : measured.Compare(output, input, new RecordingComparisonMeasure());
            checks.Require(
                LogMelDistanceLevelled.Info,
                copy.Mel?.Levelled,
                Relation.Above,
                Unchanged,
                SafeText.Of($"the output is {input.Path} as it was: nothing was converted"),
                SafeText.Of($"Check whether the conversion ran, and at the paths that it read and wrote"));
        }

        if (against.Role == ArtifactRole.Reference)
        {
            Resemblance(checks, found, mel, distortion, isAligned, options, against, subject.PairedBy);
        }
        else if (!isAligned)
        {
            return checks.AreMet
                ? Judgement.Nothing(SafeText.Of($"the output lasts {ratio:0.00} times as long as {against.Path}, so the two cannot be compared frame by frame")) with { Measurements = checks.Measurements }
                : checks.Judge(default);
        }
        else
        {
            checks.Require(
                LogMelCorrelation.Info,
                mel.Correlation ?? 0,
                Relation.AtLeast,
                options.Correlation,
                SafeText.Of($"{found.Subject} does not follow what {against.Path} ({subject.PairedBy}) says: the correlation of their mel bands over time is {mel.Correlation ?? 0:0.00}, at least {NumberText.OfLimit(options.Correlation)} is required"),
                ConversionRemedy,
                found.Part);
            if (checks.AreMet && found.IsLongerThanStretch && mel.LeastCorrelated is { } least)
            {
                checks.Require(
                    LogMelCorrelationOfStretch.Info,
                    least.Value,
                    Relation.AtLeast,
                    options.CorrelationOfStretch,
                    SafeText.Of($"{RecordingWords.Of(least.Time)}, {found.Subject} does not follow what {against.Path} ({subject.PairedBy}) says: the correlation of their mel bands over time is {least.Value:0.00} there, at least {NumberText.OfLimit(options.CorrelationOfStretch)} is required"),
                    ConversionRemedy,
                    found.Part);
            }

            Notes(checks, found, mel, distortion, correlation: false);
        }

        return checks.Judge(against.Role == ArtifactRole.Reference
            ? SafeText.Of($"mel-cepstral distortion {distortion:0.00} dB from {against.Path} ({subject.PairedBy}){(isAligned ? SafeText.Of($", log-mel distance {mel.Levelled ?? 0:0.00}") : SafeText.Empty)}{RecordingWords.Compared(found)}")
            : SafeText.Of($"the output follows {against.Path} ({subject.PairedBy}) over time: correlation {mel.Correlation ?? 0:0.00} of the mel bands{RecordingWords.Compared(found)}"));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var against = subject.Of(ArtifactRole.Reference).Concat(subject.Of(ArtifactRole.Input)).First();
        return PairExhibits.Of(output, against, measured);
    }

    private static void Resemblance(LimitChecks checks, RecordingComparison found, MelComparison mel, double distortion, bool isAligned, Options options, RoleFile against, SafeText pairedBy)
    {
        checks.Require(
            MelCepstralDistortion.Info,
            distortion,
            Relation.AtMost,
            options.Distortion,
            SafeText.Of($"{found.Subject} is not what {against.Path} ({pairedBy}) says: mel-cepstral distortion {distortion:0.00} dB, at most {NumberText.OfLimit(options.Distortion)} is right, whatever the timing"),
            Remedy,
            found.Part);
        if (found.AlignedCorrelation is { } aligned)
        {
            checks.Require(
                LogMelCorrelationAligned.Info,
                aligned,
                Relation.AtLeast,
                options.AlignedCorrelation,
                SafeText.Of($"{found.Subject} does not follow what {against.Path} ({pairedBy}) says, however it is timed: the correlation of their mel bands is {aligned:0.00} along the best alignment, at least {NumberText.OfLimit(options.AlignedCorrelation)} is required"),
                Remedy,
                found.Part);
        }

        if (isAligned)
        {
            checks.Require(
                LogMelDistanceLevelled.Info,
                mel.Levelled,
                Relation.AtMost,
                options.Distance,
                SafeText.Of($"frame by frame {found.Subject} lies {mel.Levelled ?? 0:0.00} from {against.Path} ({pairedBy}) in log-mel, at most {NumberText.OfLimit(options.Distance)} is right"),
                SafeText.Of($"Look at where the two spectrograms differ; if the model times its speech itself, raise the distance"),
                found.Part);
        }
        else
        {
            checks.Note(LogMelDistanceLevelled.Info, mel.Levelled, found.Part);
        }

        if (checks.AreMet && found.IsLongerThanStretch)
        {
            Stretches(checks, found, mel, isAligned, options, against, pairedBy);
        }

        Notes(checks, found, mel, null, correlation: true);
    }

    // What is wrong for a while only.
    private static void Stretches(LimitChecks checks, RecordingComparison found, MelComparison mel, bool isAligned, Options options, RoleFile against, SafeText pairedBy)
    {
        if (found.FurthestStretch is { } furthest)
        {
            checks.Require(
                MelCepstralDistortionOfStretch.Info,
                furthest.Value,
                Relation.AtMost,
                options.DistortionOfStretch,
                SafeText.Of($"{RecordingWords.Of(furthest.Time)}, {found.Subject} is not what {against.Path} ({pairedBy}) says: mel-cepstral distortion {furthest.Value:0.00} dB, in ten seconds at most {NumberText.OfLimit(options.DistortionOfStretch)} is right"),
                Remedy,
                found.Part);
        }

        if (isAligned && mel.Furthest is { } far)
        {
            checks.Require(
                LogMelDistanceOfStretch.Info,
                far.Value,
                Relation.AtMost,
                options.DistanceOfStretch,
                SafeText.Of($"{RecordingWords.Of(far.Time)}, {found.Subject} lies {far.Value:0.00} from {against.Path} ({pairedBy}) in log-mel, frame by frame; in ten seconds at most {NumberText.OfLimit(options.DistanceOfStretch)} is right"),
                Remedy,
                found.Part);
        }
    }

    private static SafeText ConversionRemedy => SafeText.Of($"Listen to both: other words or babble come from features that do not belong to the recordings, in training (features-must-belong-to-their-audio) or in inference");

    private static SafeText Remedy => SafeText.Of($"Listen to both: other words or babble come from features that do not belong to the recordings; noise, hum and dullness have gates of their own");

    private static void Notes(LimitChecks checks, RecordingComparison found, MelComparison mel, double? distortion, bool correlation)
    {
        if (distortion is not null)
        {
            checks.Note(MelCepstralDistortion.Info, distortion, found.Part);
        }

        if (correlation)
        {
            checks.Note(LogMelCorrelation.Info, mel.Correlation, found.Part);
        }

        checks.Note(LogMelDistance.Info, mel.All, found.Part);
        checks.Note(LogMelDistanceActive.Info, mel.Active, found.Part);
        checks.Note(StftConvergence.Info, found.StftConvergence, found.Part);
        checks.Note(StftLogMagnitude.Info, found.StftLogMagnitude, found.Part);
    }

    private static Subject With(Subject subject, IReadOnlyList<RoleFile> more) => subject with { Files = [.. subject.Files, .. more] };

    /// <summary>The limits, and how the reference is found.</summary>
    public sealed record Options
    {
        /// <summary>The highest mel-cepstral distortion from the reference in dB; 6.5 by default.</summary>
        [Range(0, 100)]
        public double Distortion { get; init; } = 6.5;

        /// <summary>The largest log-mel distance from a reference of the same timing, at equal levels and where it is active; 1.1 by default.</summary>
        [Range(0, 20)]
        public double Distance { get; init; } = 1.1;

        /// <summary>The least correlation over time with the input, where another voice was converted and no reference is named; 0.4 by default.</summary>
        [Range(-1, 1)]
        public double Correlation { get; init; } = 0.4;

        /// <summary>The least correlation of the mel bands along the best alignment with the reference; 0.65 by default.</summary>
        [Range(-1, 1)]
        public double AlignedCorrelation { get; init; } = 0.65;

        /// <summary>The highest mel-cepstral distortion of any ten seconds of a longer output, in dB; 6.5 by default.</summary>
        [Range(0, 100)]
        public double DistortionOfStretch { get; init; } = 6.5;

        /// <summary>The largest log-mel distance, at equal levels, of any ten seconds of a longer output with its reference's timing; 1.3 by default.</summary>
        [Range(0, 20)]
        public double DistanceOfStretch { get; init; } = 1.3;

        /// <summary>The least correlation over time with the input in any ten seconds of a longer output; 0.4 by default.</summary>
        [Range(-1, 1)]
        public double CorrelationOfStretch { get; init; } = 0.4;

        /// <summary>The share by which the durations may differ for the timing to count as the same; 0.02 by default, and 0 never compares frame by frame unless they are equal.</summary>
        [Range(0, 1)]
        public double Alignment { get; init; } = 0.02;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
