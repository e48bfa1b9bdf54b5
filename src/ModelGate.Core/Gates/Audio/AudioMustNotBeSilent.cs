using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The output must sound: not be silent, hardly pause more than its reference, and not drop out where the reference goes on.</summary>
[GateId("MG5005")]
internal sealed class AudioMustNotBeSilent : OutputAndAnyReference<AudioMustNotBeSilent.Options>
{
    private const double LargestOffset = 0.02;

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.SelectMany(f => new[] { new Need(f, new VoiceMeasure()), new Need(f, new ClipFormMeasure()) }).Append(new Need(subject.First(ArtifactRole.Output), new SampleMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var reference = subject.Of(ArtifactRole.Reference).FirstOrDefault();
        var levels = measured.Of(output, new SampleMeasure());
        if (levels.Mixed is not { } mixed)
        {
            return levels.NonFinite > 0 ? Judgement.Inconclusive(LimitChecks.NotFinite(levels.NonFinite)) : Empty(subject);
        }

        var checks = new LimitChecks(subject.Path);
        var voice = measured.Of(output, new VoiceMeasure());

        // Players of two channels do not add them up: what is heard is the loudest of them.
        var moving = levels.Channels.Append(mixed).Max(c => Math.Sqrt(Math.Max(0, (c.Rms * c.Rms) - (c.Mean * c.Mean))));
        var isCancelled = moving > RecordingWords.Amplitude(options.MinimumLevel) && voice.SilentShare > 0 && mixed.Rms < moving / 10;
        var decibels = moving > 0 ? 20 * Math.Log10(moving) : double.NegativeInfinity;
        checks.Require(
            Rms.Info,
            moving,
            Relation.Above,
            RecordingWords.Amplitude(options.MinimumLevel),
            double.IsFinite(decibels) ? SafeText.Of($"the output is silent: {decibels:0.0} dBFS over all, at least {NumberText.OfLimit(options.MinimumLevel)} can be heard") : SafeText.Of($"the output is digital silence: no sample differs from the next"),
            SafeText.Of($"Check whether the model's weights were loaded, and what it was given"));
        var wanted = reference is null ? null : measured.Of(reference, new VoiceMeasure());
        if (voice.SilentShare is not { } silent)
        {
            return checks.AreMet ? checks.Inconclusive(voice.Problem) : checks.Judge(default);
        }

        if (isCancelled)
        {
            return checks.Judge(SafeText.Of($"the channels cancel each other out, so that their mean is silent and pauses cannot be told; each by itself is at {decibels:0.0} dBFS"));
        }

        if (wanted is { Problem: { IsEmpty: false } unusable })
        {
            return checks.WithoutReference(reference!.Path, unusable);
        }

        var longest = SafeText.Of($"the longest silence lasts {voice.LongestSilence:0.00} s");
        if (wanted?.SilentShare is { } expected)
        {
            checks.Note(SilentShare.Info, silent);
            checks.Require(
                SilenceDifference.Info,
                silent - expected,
                Relation.AtMost,
                options.MoreThanReference,
                SafeText.Of($"{silent:0 %} of the output is silent and {expected:0 %} of {reference!.Path} ({subject.PairedBy}): {longest}"),
                SafeText.Of($"Look where the output falls silent, and at the features and the pitch that the model was given there"));
            Dropouts(checks, subject, output, reference!, options, measured);
        }
        else
        {
            checks.Require(
                SilentShare.Info,
                silent,
                Relation.AtMost,
                options.Limit,
                SafeText.Of($"{silent:0 %} of the output is silent: {longest}"),
                SafeText.Of($"Look where the output falls silent; if it is meant to pause so much, raise the limit"));
        }

        var offset = Math.Abs(mixed.Mean) > LargestOffset ? SafeText.Of($", but an offset of {mixed.Mean:G2} lifts every frame over the threshold of silence") : SafeText.Empty;
        return checks.Judge(SafeText.Of($"{silent:0 %} of the output is silent{(wanted?.SilentShare is { } other ? SafeText.Of($" and {other:0 %} of {reference!.Path} ({subject.PairedBy})") : SafeText.Empty)}{offset}"));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
        => subject.Files.SelectMany(f => measured.Find(f, new VoiceMeasure()) is { } voice ? LevelExhibit.Silence(f, voice) : []);

    private static Judgement Empty(Subject subject)
    {
        var message = SafeText.Of($"the recording holds no samples");
        var duration = Duration.Info.Of(subject.Path, 0) with { Required = new Requirement(Relation.Above, 0) };
        return Judgement.Of(message, [duration], [new Finding(message) { Remedy = SafeText.Of($"Look at what wrote the file, and whether it was done"), Evidence = [duration] }]);
    }

    // Frame by frame only where both have one timing: what comes later elsewhere is not lost.
    private static void Dropouts(LimitChecks checks, Subject subject, RoleFile output, RoleFile reference, Options options, IMeasured measured)
    {
        var ratio = measured.Of(output, new ClipFormMeasure()).Seconds / measured.Of(reference, new ClipFormMeasure()).Seconds;
        if (!(Math.Abs(ratio - 1) <= options.Alignment) || measured.Compare(output, reference, new RecordingComparisonMeasure()).Pauses is not { DropoutShare: { } share } pauses)
        {
            return;
        }

        checks.Require(
            DropoutShare.Info,
            share,
            Relation.AtMost,
            options.Dropouts,
            SafeText.Of($"for {share:0 %} of the time in which {reference.Path} ({subject.PairedBy}) sounds, the output is all but silent: it drops out, for up to {pauses.LongestDropoutSeconds:0.00} s"),
            SafeText.Of($"Listen to the output beside its reference; where both are of different timing, lower alignment"));
    }

    /// <summary>The limits, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The largest share of silent frames, from 0 to 1, for an output without a reference; 0.45 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.45;

        /// <summary>The level in dBFS that the RMS, without the offset, has to be above; -50 by default.</summary>
        [Range(-120, 0)]
        public double MinimumLevel { get; init; } = -50;

        /// <summary>How much larger the share of silent frames may be than the reference's; 0.2 by default.</summary>
        [Range(0, 1)]
        public double MoreThanReference { get; init; } = 0.2;

        /// <summary>The largest share of the reference's sounding time in which the output may be all but silent; 0.1 by default.</summary>
        [Range(0, 1)]
        public double Dropouts { get; init; } = 0.1;

        /// <summary>The share by which the durations may differ for drop-outs to be looked for; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Alignment { get; init; } = 0.02;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
