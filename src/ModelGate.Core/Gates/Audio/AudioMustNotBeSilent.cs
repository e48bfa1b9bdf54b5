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
        => subject.Files.SelectMany(f => new Need[] { new(f, new FrameLevelsMeasure()), new(f, new ClipFormMeasure()), new(f, new SampleMeasure()) });

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var reference = subject.Of(ArtifactRole.Reference).FirstOrDefault();
        var levels = measured.Of(output, new SampleMeasure());
        if (levels.Mixed is not { } mixed)
        {
            return levels.NonFinite > 0 ? Judgement.Inconclusive(RecordingProblem.NothingMeasured(levels.NonFinite)) : Empty(subject);
        }

        var checks = new LimitChecks(subject.Path);
        var frames = measured.Of(output, new FrameLevelsMeasure());

        // Players of two channels do not add them up: what is heard is the loudest of them.
        var moving = levels.Channels.Append(mixed).Max(c => c.Moving);
        var decibels = moving > 0 ? 20 * Math.Log10(moving) : double.NegativeInfinity;
        checks.Require(
            Rms.Info,
            moving,
            Relation.Above,
            RecordingWords.Amplitude(options.MinimumLevel),
            double.IsFinite(decibels) ? SafeText.Of($"the output is silent: {decibels:0.0} dBFS over all, at least {NumberText.OfLimit(options.MinimumLevel)} can be heard") : SafeText.Of($"the output is digital silence: no sample differs from the next"),
            SafeText.Of($"Check whether the model's weights were loaded, and what it was given"));
        if (checks.AreMet)
        {
            Channels(checks, levels, options);
        }

        if (frames.SilentShare is not { } silent)
        {
            return checks.AreMet ? checks.Inconclusive(RecordingProblem.TooShort(measured.Of(output, new ClipFormMeasure()).Samples)) : checks.Judge(default);
        }

        // The mean of channels that cancel each other out is silent where they are not.
        if (!checks.AreMet)
        {
            return checks.Judge(default);
        }

        var expected = reference is null ? null : measured.Of(reference, new FrameLevelsMeasure()).SilentShare;
        if (reference is not null && expected is null)
        {
            var theirs = measured.Of(reference, new SampleMeasure()).NonFinite;
            return checks.WithoutReference(reference.Path, theirs > 0 ? RecordingProblem.NotFinite(theirs) : RecordingProblem.TooShort(measured.Of(reference, new ClipFormMeasure()).Samples));
        }

        var longest = SafeText.Of($"the longest silence lasts {frames.LongestSilence ?? 0:0.00} s");
        if (expected is { } wanted)
        {
            checks.Note(SilentShare.Info, silent);
            checks.Require(
                SilenceDifference.Info,
                silent - wanted,
                Relation.AtMost,
                options.MoreThanReference,
                SafeText.Of($"{silent:0 %} of the output is silent and {wanted:0 %} of {reference!.Path} ({subject.PairedBy}): {longest}"),
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
        return checks.Judge(SafeText.Of($"{silent:0 %} of the output is silent{(expected is { } other ? SafeText.Of($" and {other:0 %} of {reference!.Path} ({subject.PairedBy})") : SafeText.Empty)}{offset}{Unheard(levels)}"));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => subject.Files.SelectMany(WaveformExhibits.Needs);

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured) => subject.Files.SelectMany(f => WaveformExhibits.Of(f, measured));

    private static void Channels(LimitChecks checks, SampleLevels levels, Options options)
    {
        if (levels.Channels.Count < 2)
        {
            return;
        }

        // A recording in surround sound often has a channel in which nothing happens; one of two is a cable that was not plugged in.
        int[] silent = [.. levels.Silent];
        if ((options.SilentChannels ?? (levels.Channels.Count == 2 ? 0 : null)) is { } allowed)
        {
            checks.Require(
                SilentChannels.Info,
                silent.Length,
                Relation.AtMost,
                allowed,
                SafeText.Of($"{Named(silent)} of {levels.Channels.Count} {SafeText.From(silent.Length == 1 ? "is" : "are")} silent while another is not"),
                SafeText.Of($"Write the voice to one channel or to both; if it is meant to be heard on one side, say so in silentChannels"));
        }

        if (silent.Length < levels.Channels.Count - 1)
        {
            checks.Require(
                ChannelCancellation.Info,
                levels.CancellationDecibels,
                Relation.AtLeast,
                options.Cancellation,
                SafeText.Of($"the channels cancel each other out: mixed down to one, as telephones and many speakers do, {-(levels.CancellationDecibels ?? 0):0} dB are lost"),
                SafeText.Of($"One channel is the other one inverted: invert it back, or write the voice to one channel"));
        }
    }

    private static SafeText Named(int[] channels) => SafeText.Of($"{SafeText.From(channels.Length == 1 ? "channel" : "channels")} {SafeText.Join(", ", channels.Select(c => SafeText.Of($"{c}")))}");

    private static SafeText Unheard(SampleLevels levels)
        => levels.Silent.ToArray() is { Length: > 0 } silent && silent.Length < levels.Channels.Count ? SafeText.Of($"; nothing is heard in {Named(silent)}") : SafeText.Empty;

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
        if (!(Math.Abs(ratio - 1) <= options.Alignment) || measured.Compare(output, reference, new ChannelComparisonMeasure()).Largest(Lost) is not { } worst)
        {
            return;
        }

        checks.Require(
            DropoutShare.Info,
            worst.Value,
            Relation.AtMost,
            options.Dropouts,
            SafeText.Of($"for {worst.Value:0 %} of the time in which {reference.Path} ({subject.PairedBy}) sounds, {worst.Subject} is all but silent: it drops out, for up to {worst.Result.Pauses!.LongestDropoutSeconds:0.00} s"),
            SafeText.Of($"Listen to the output beside its reference; where both are of different timing, lower alignment"),
            worst.Part);

        // A channel in which nothing is heard at all does not drop out: silentChannels says whether it may.
        static double? Lost(RecordingComparison channel) => channel.Pauses is { ActiveDecibels: not null } pauses ? pauses.DropoutShare : null;
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

        /// <summary>How many channels may be silent while another is not; null, the default, allows none of two and any number of more.</summary>
        [Range(0, 1000)]
        public int? SilentChannels { get; init; }

        /// <summary>How far the mean of the channels may be below the channels themselves, in dB; -12 by default.</summary>
        [Range(-200, 0)]
        public double Cancellation { get; init; } = -12;

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
