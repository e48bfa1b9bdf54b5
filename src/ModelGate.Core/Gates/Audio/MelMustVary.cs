using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The level and the mel spectrum of the output must vary over time, as those of speech do: noise, hum, beeps and a frame that is stuck stand still.</summary>
[GateId("MG5009")]
internal sealed class MelMustVary : FileGate<VoiceStatistics, MelMustVary.Options>
{
    private const double LeastSeconds = 1;

    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Output;

    /// <inheritdoc/>
    protected override Measure<VoiceStatistics> Measure(Options options) => new VoiceMeasure();

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, VoiceStatistics result, Options options)
    {
        if (result.Problem is { IsEmpty: false } problem)
        {
            return Judgement.Inconclusive(problem);
        }

        var checks = new LimitChecks(file.Path);
        var (level, mel) = (result.LevelDeviation, result.MelDeviation);
        var remedy = SafeText.Of($"Listen to the output: steady noise, a hum, a beep or one frame over and over come from a model that has not learned, or was not loaded");
        checks.Require(
            LevelDeviation.Info,
            level,
            Relation.AtLeast,
            options.Level,
            SafeText.Of($"the level of the output hardly varies: its standard deviation is {level ?? 0:0.00} dB, in speech at least {NumberText.OfLimit(options.Level)}"),
            remedy);
        checks.Require(
            MelDeviation.Info,
            mel,
            Relation.AtLeast,
            options.Mel,
            SafeText.Of($"the spectrum of the output hardly varies: its mel bands have a standard deviation of {mel ?? 0:0.00} over time, in speech at least {NumberText.OfLimit(options.Mel)}"),
            remedy);
        return level is null || mel is null
            ? Judgement.Nothing(SafeText.Of($"the output is silent, or its channels cancel each other out: see audio-must-not-be-silent")) with { Measurements = checks.Measurements }
            : result.ActiveSeconds < LeastSeconds
            ? Judgement.Nothing(SafeText.Of($"the output sounds for {result.ActiveSeconds:0.00} s, and a word of less than a second need not vary")) with { Measurements = checks.Measurements }
            : checks.Judge(SafeText.Of($"the level varies by {level.Value:0.0} dB and the mel bands by {mel.Value:0.00} over time"));
    }

    /// <summary>The limits.</summary>
    public sealed record Options
    {
        /// <summary>The least standard deviation of the level of the active frames, in dB; 3 by default.</summary>
        [Range(0, 100)]
        public double Level { get; init; } = 3;

        /// <summary>The least standard deviation over time of the log-mel bands, in natural logarithms; 0.7 by default.</summary>
        [Range(0, 20)]
        public double Mel { get; init; } = 0.7;
    }
}
