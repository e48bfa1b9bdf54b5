using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The output must not be cut off at its peaks, neither at full scale nor, where it was turned down afterwards, at a plateau of its own.</summary>
[GateId("MG5004")]
internal sealed class AudioMustNotClip : FileGate<Clipping, AudioMustNotClip.Options>
{
    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Output;

    /// <inheritdoc/>
    protected override Measure<Clipping> Measure(Options options) => new ClippingMeasure();

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, Clipping result, Options options)
    {
        if (result.Share is not { } share)
        {
            return Judgement.Inconclusive(result.NonFinite > 0 ? RecordingProblem.NothingMeasured(result.NonFinite) : SafeText.Of($"the recording holds no samples"));
        }

        // Silence stands at its peak, too, and nothing was cut off.
        var (run, worst) = (Worst(result, c => c.LongestRun), Worst(result, c => c.Peak > 0 ? c.LongestPlateau : 0));
        var plateau = worst.Channel.Peak > 0 ? worst.Channel.LongestPlateau : 0;
        var where = run.Channel.Stretches.Count > 0 ? SafeText.Of($"{run.Where}, from {run.Channel.Stretches[0].From:0.00} s on") : SafeText.Empty;
        var remedy = SafeText.Of($"Lower the gain before the samples are written; a model whose training data was clipped clips, too");
        var checks = new LimitChecks(file.Path);
        checks.Require(
            ClippedShare.Info, share, Relation.AtMost, options.Share, SafeText.Of($"{share:0.0 %} of the samples are at full scale{where}: the peaks of the output are cut off"), remedy);
        checks.Require(
            ClippedRun.Info, result.LongestRun, Relation.Below, options.Run, SafeText.Of($"{result.LongestRun} samples in a row are at full scale{where}"), remedy);
        checks.Require(
            PlateauRun.Info,
            plateau,
            Relation.Below,
            options.Plateau,
            SafeText.Of($"{plateau} equal samples in a row{worst.Where} stand at its own peak of {worst.Channel.Peak:G3}: it was cut off and then turned down, or it is constant"),
            remedy);
        return checks.Judge(SafeText.Of($"no peak is cut off: {share:0.00 %} of the samples at full scale, at most {plateau} in a row at the peak of {worst.Channel.Peak:G3}"));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => WaveformExhibits.Needs(subject.Files[0]);

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured) => WaveformExhibits.Of(subject.Files[0], measured);

    private static (ChannelClipping Channel, SafeText Where) Worst(Clipping clipping, Func<ChannelClipping, double> value)
    {
        var channel = clipping.Channels.Index().MaxBy(c => value(c.Item));
        return (channel.Item, clipping.AreOne ? SafeText.Empty : SafeText.Of($" in channel {channel.Index + 1}"));
    }

    /// <summary>The limits.</summary>
    public sealed record Options
    {
        /// <summary>The largest share of samples at full scale (0.999 or more), from 0 to 1; 0.001 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.001;

        /// <summary>The samples in a row at full scale, in one channel, that there have to be fewer of; 10 by default.</summary>
        [Range(1, 1_000_000)]
        public int Run { get; init; } = 10;

        /// <summary>The equal samples in a row within 1 % of a channel's own peak that there have to be fewer of; 16 by default.</summary>
        [Range(2, 1_000_000)]
        public int Plateau { get; init; } = 16;
    }
}
