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
        var found = measured.Compare(output, against, new ChannelComparisonMeasure());
        var checks = new LimitChecks(subject.Path);
        if (!found.Problem.IsEmpty || found.Largest(c => c.Distortion) is not { } distortion)
        {
            return Judgement.Inconclusive(!found.Problem.IsEmpty ? found.Problem : SafeText.Of($"{output.Path} or {against.Path} is too short for a mel spectrogram"));
        }

        if (found.Channels.All(c => c.Mel?.Active is null))
        {
            return Judgement.Inconclusive(SafeText.Of($"{against.Path} is silent, so that there is nothing to resemble"));
        }

        var ratio = measured.Of(output, new ClipFormMeasure()).Seconds / measured.Of(against, new ClipFormMeasure()).Seconds;
        var isAligned = Math.Abs(ratio - 1) <= options.Alignment;
        if (input is not null && subject.Of(ArtifactRole.Target).Any())
        {
            var copy = (against == input ? found : measured.Compare(output, input, new ChannelComparisonMeasure())).Least(c => c.Mel?.Levelled);
            checks.Require(
                LogMelDistanceLevelled.Info,
                copy?.Value,
                Relation.Above,
                Unchanged,
                SafeText.Of($"{copy?.Subject ?? default} is {input.Path} as it was: nothing was converted"),
                SafeText.Of($"Check that the conversion ran, and which paths it read and wrote"),
                copy?.Part ?? default);
        }

        if (against.Role == ArtifactRole.Reference)
        {
            var comparison = new ReferenceChecks(checks, found, isAligned, options, SafeText.Of($"{against.Path} ({subject.PairedBy})"));
            comparison.Require(distortion);
            var distance = isAligned && found.Largest(c => c.Mel?.Levelled) is { } levelled ? SafeText.Of($", log-mel distance {levelled.Value:0.00}") : SafeText.Empty;
            return checks.Judge(SafeText.Of($"mel-cepstral distortion {distortion.Value:0.00} dB from {against.Path} ({subject.PairedBy}){distance}{RecordingWords.Compared(found.Any)}"));
        }

        if (!isAligned)
        {
            return checks.AreMet
                ? Judgement.Nothing(SafeText.Of($"the output lasts {ratio:0.00} times as long as {against.Path}, so the two cannot be compared frame by frame")) with { Measurements = checks.Measurements }
                : checks.Judge(default);
        }

        // An output that stands still has no correlation with an input that does not.
        var follows = found.Least(c => c.Mel?.Active is null ? null : c.Mel.Correlation ?? 0)!;
        Conversion(checks, found, follows, options, SafeText.Of($"{against.Path} ({subject.PairedBy})"));
        return checks.Judge(SafeText.Of($"the output follows {against.Path} ({subject.PairedBy}) over time: correlation {follows.Value:0.00} of the mel bands{RecordingWords.Compared(found.Any)}"));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var against = subject.Of(ArtifactRole.Reference).Concat(subject.Of(ArtifactRole.Input)).First();
        return PairExhibits.Of(output, against, measured);
    }

    private static void Conversion(LimitChecks checks, ChannelComparisons found, ChannelValue<RecordingComparison> follows, Options options, SafeText input)
    {
        checks.Require(
            LogMelCorrelation.Info,
            follows.Value,
            Relation.AtLeast,
            options.Correlation,
            SafeText.Of($"{follows.Subject} does not follow what {input} says: the correlation of their mel bands over time is {follows.Value:0.00}, at least {NumberText.OfLimit(options.Correlation)} is required"),
            ConversionRemedy,
            follows.Part);
        if (checks.AreMet && found.Any.IsLongerThanStretch && found.Least(c => c.Mel?.LeastCorrelated?.Value) is { Result.Mel.LeastCorrelated: { } least } part)
        {
            checks.Require(
                LogMelCorrelationOfStretch.Info,
                part.Value,
                Relation.AtLeast,
                options.CorrelationOfStretch,
                SafeText.Of($"{RecordingWords.Of(least.Time)}, {part.Subject} does not follow what {input} says: the correlation of their mel bands over time is {part.Value:0.00} there, at least {NumberText.OfLimit(options.CorrelationOfStretch)} is required"),
                ConversionRemedy,
                part.Part);
        }

        ReferenceChecks.Note(checks, MelCepstralDistortion.Info, found.Largest(c => c.Distortion));
        ReferenceChecks.NoteDistances(checks, found);
    }

    private static SafeText ConversionRemedy => SafeText.Of($"Listen to both: other words or babble come from features that do not belong to the recordings, in training (features-must-belong-to-their-audio) or in inference");

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
