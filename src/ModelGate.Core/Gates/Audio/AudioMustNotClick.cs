using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The output must not click: no jump between neighbouring samples, at its ends or inside, that the sound around it does not explain.</summary>
[GateId("MG5015")]
internal sealed class AudioMustNotClick : FileGate<ChannelResults<Clicks>, AudioMustNotClick.Options>
{
    // From here on a recording ends in the middle of a sound: reported but not judged, since four good recordings of 44 do.
    private const double LoudEnd = -12;

    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Output;

    /// <inheritdoc/>
    protected override Measure<ChannelResults<Clicks>> Measure(Options options) => OfChannels.Clicks;

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, ChannelResults<Clicks> channels, Options options)
    {
        if (channels.Largest(c => c.Count) is not { Result: var result } worst)
        {
            return Judgement.Inconclusive(SafeText.Of($"a sample is NaN or infinite, or the recording is shorter than 5 ms"));
        }

        var count = result.Count ?? 0;
        var shown = result.Shown.Take(3).Select(c => SafeText.Of($"{c.Seconds:0.000} s ({c.Jump:0.00} of full scale)"));
        var checks = new LimitChecks(file.Path);
        checks.Require(
            ClickCount.Info,
            count,
            Relation.AtMost,
            options.Limit,
            SafeText.Of($"{worst.Subject} clicks {(count == 1 ? "once" : $"{count} times")}: {SafeText.Join(", ", shown)}{(count > 3 ? $" and {count - 3} more" : "")}"),
            SafeText.Of($"Clicks at regular distances come from pieces that were joined without a cross-fade; one at an end, from a file that was cut; listen to them"),
            worst.Part);
        checks.Note(EndLevel.Info, result.EndDecibels, worst.Part);
        return checks.Judge(SafeText.Of(
            $"{(count == 0 ? "no click" : SafeText.Count(count, "click").Value)}{(result.EndDecibels > LoudEnd ? $"; the recording ends in the middle of a sound, {Math.Abs(result.EndDecibels.Value):0.0} dB {(result.EndDecibels > 0 ? "above" : "below")} its level" : "")}"));
    }

    /// <summary>The limit.</summary>
    public sealed record Options
    {
        /// <summary>The most clicks that are allowed; 0 by default.</summary>
        [Range(0, 1_000_000)]
        public int Limit { get; init; }
    }
}
