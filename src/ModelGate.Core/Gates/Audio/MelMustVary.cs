using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The level and the mel spectrum of the output must vary over time, as those of speech do: noise, hum, beeps and a frame that is stuck stand still.</summary>
[GateId("MG5009")]
internal sealed class MelMustVary : OutputGate<MelMustVary.Options>
{
    private const double LeastSeconds = 1;

    private static SafeText Remedy => SafeText.Of($"Listen to the output: steady noise, a hum, a beep or one frame over and over come from a model that has not learned, or was not loaded");

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [new(subject.Files[0], OfChannels.Levels), new(subject.Files[0], OfChannels.Mel)];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var (levels, mels) = (measured.Of(subject.Files[0], OfChannels.Levels), measured.Of(subject.Files[0], OfChannels.Mel));
        if (levels.Problem is { IsEmpty: false } problem)
        {
            return Judgement.Inconclusive(problem);
        }

        var checks = new LimitChecks(subject.Path);
        if (levels.Largest(c => c.Deviation is null ? null : c.ActiveSeconds) is not { } longest || mels.Least(c => c.Temporal) is null)
        {
            checks.Note(LevelDeviation.Info, null);
            checks.Note(MelDeviation.Info, null);
            return Judgement.Nothing(SafeText.Of($"the output is silent: see audio-must-not-be-silent")) with { Measurements = checks.Measurements };
        }

        if (longest.Value < LeastSeconds)
        {
            checks.Note(LevelDeviation.Info, longest.Result.Deviation, longest.Part);
            checks.Note(MelDeviation.Info, mels.Least(c => c.Temporal)?.Value);
            return Judgement.Nothing(SafeText.Of($"the output sounds for {longest.Value:0.00} s, and a word of less than a second need not vary")) with { Measurements = checks.Measurements };
        }

        // A channel that sounds for a word and is silent else says nothing of itself.
        double? Level(FrameLevels c) => c.ActiveSeconds < LeastSeconds ? null : c.Deviation;
        double? Mel(MelStatistics c) => c.ActiveFrames * (double)MelMeasure.Hop / mels.Rate < LeastSeconds ? null : c.Temporal;
        var (level, mel) = (levels.Least(Level)!, mels.Least(Mel) ?? mels.Least(c => c.Temporal)!);

        // One of several channels is a part of a recording, as ten seconds are: music that is dense has less in either than in their mean.
        var (leastLevel, leastMel) = (level.Part.IsEmpty ? options.Level : options.LevelOfPart, mel.Part.IsEmpty ? options.Mel : options.MelOfPart);
        Require(checks, LevelDeviation.Info, level, leastLevel, SafeText.Of($"the level of {level.Subject} hardly varies: its standard deviation is {level.Value:0.00} dB, in speech at least {NumberText.OfLimit(leastLevel)}"));
        Require(checks, MelDeviation.Info, mel, leastMel, SafeText.Of($"the spectrum of {mel.Subject} hardly varies: its mel bands have a standard deviation of {mel.Value:0.00} over time, in speech at least {NumberText.OfLimit(leastMel)}"));
        if (checks.AreMet && Stretch.IsPartOf(levels.Seconds))
        {
            Stretches(checks, levels, mels, options);
        }

        return checks.Judge(SafeText.Of($"the level varies by {level.Value:0.0} dB and the mel bands by {mel.Value:0.00} over time"));
    }

    // What stands still for a while only.
    private static void Stretches(LimitChecks checks, ChannelResults<FrameLevels> levels, ChannelResults<MelStatistics> mels, Options options)
    {
        if (levels.Least(c => c.Steadiest?.Value) is { Result.Steadiest: { } steady } level)
        {
            Require(checks, LeastLevelDeviation.Info, level, options.LevelOfPart, SafeText.Of($"the level of {level.Subject} hardly varies {RecordingWords.Of(steady.Time)}: its standard deviation is {level.Value:0.00} dB there, in ten seconds of speech at least {NumberText.OfLimit(options.LevelOfPart)}"));
        }

        if (mels.Least(c => c.Steadiest?.Value) is { Result.Steadiest: { } still } mel)
        {
            Require(checks, LeastMelDeviation.Info, mel, options.MelOfPart, SafeText.Of($"the spectrum of {mel.Subject} hardly varies {RecordingWords.Of(still.Time)}: its mel bands have a standard deviation of {mel.Value:0.00} there, in ten seconds of speech at least {NumberText.OfLimit(options.MelOfPart)}"));
        }
    }

    private static void Require<T>(LimitChecks checks, SignalInfo signal, ChannelValue<T> found, double limit, SafeText message)
        where T : class
        => checks.Require(signal, found.Value, Relation.AtLeast, limit, message, Remedy, found.Part);

    /// <summary>The limits.</summary>
    public sealed record Options
    {
        /// <summary>The least standard deviation of the level of the active frames, in dB; 3 by default.</summary>
        [Range(0, 100)]
        public double Level { get; init; } = 3;

        /// <summary>The least standard deviation over time of the log-mel bands, in natural logarithms; 0.7 by default.</summary>
        [Range(0, 20)]
        public double Mel { get; init; } = 0.7;

        /// <summary>The least standard deviation of the level of a channel, where several differ, and in any ten seconds of a longer recording, in dB; 2 by default.</summary>
        [Range(0, 100)]
        public double LevelOfPart { get; init; } = 2;

        /// <summary>The least standard deviation of the log-mel bands of a channel, where several differ, and in any ten seconds of a longer recording; 0.6 by default.</summary>
        [Range(0, 20)]
        public double MelOfPart { get; init; } = 0.6;
    }
}
