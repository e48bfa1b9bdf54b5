using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>A measure on each channel of a recording by itself: the mean of the channels hides one that is sick beside one that is not.</summary>
/// <param name="Measure">What is measured on each channel, as on a recording of that one alone.</param>
/// <typeparam name="TResult">What is computed of a channel.</typeparam>
internal sealed record EachChannel<TResult>(AudioMeasure<TResult> Measure) : AudioMeasure<ChannelResults<TResult>>
    where TResult : class
{
    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip, Measure);

    private sealed class Meter(AudioClip clip, AudioMeasure<TResult> measure) : ChannelsMeter(() => measure.Begin(clip))
    {
        public override object Finish(long nonFinite)
            => new ChannelResults<TResult>(nonFinite, clip.Frames, clip.SampleRate, [.. Each.Select(m => (TResult)m.Finish(nonFinite))]);
    }
}

/// <summary>Measures each channel with a meter of its own; where all channels hold the same samples, one meter stands for all.</summary>
/// <param name="begin">Makes the meter of a channel. It is shown the samples, frames, spectra, mel and pitch frames of that channel, and nothing interleaved.</param>
internal abstract class ChannelsMeter(Func<AudioMeter> begin) : AudioMeter
{
    /// <summary>The meters: one for each channel, or one for all.</summary>
    public IReadOnlyList<AudioMeter> Each { get; private set; } = [];

    /// <summary>Makes the meters.</summary>
    public void Begin(int channels) => Each = [.. Enumerable.Range(0, channels).Select(_ => begin())];

    /// <summary>What was found in each channel; where one meter stands for all, its result for each.</summary>
    protected IReadOnlyList<TResult> FinishEach<TResult>(int channels, long nonFinite)
    {
        TResult[] measured = [.. Each.Select(m => (TResult)m.Finish(nonFinite))];
        return measured is [var only] ? [.. Enumerable.Repeat(only, channels)] : measured;
    }
}

/// <summary>What was measured on the channels of a recording.</summary>
/// <param name="NonFinite">The samples, over all channels, that are NaN or infinite.</param>
/// <param name="Samples">The samples of a channel.</param>
/// <param name="Rate">Samples a second.</param>
/// <param name="Channels">Each channel; a single one where there is one, or where all hold the same samples.</param>
internal sealed record ChannelResults<TResult>(long NonFinite, long Samples, int Rate, IReadOnlyList<TResult> Channels) : OfEachChannel<TResult>(Channels)
    where TResult : class
{
    /// <summary>Why there is nothing that is measured on frames; empty where there is something.</summary>
    public SafeText Problem => NonFinite > 0 ? RecordingProblem.NotFinite(NonFinite) : Samples < FrameSeries.FrameLength ? RecordingProblem.TooShort(Samples) : SafeText.Empty;

    /// <summary>The duration in seconds.</summary>
    public double Seconds => (double)Samples / Rate;
}

/// <summary>A result for each channel of a recording, of which a judgement takes the worst in what it judges.</summary>
/// <param name="Channels">Each channel; a single one where there is one, or where all hold the same samples.</param>
internal abstract record OfEachChannel<TResult>(IReadOnlyList<TResult> Channels)
    where TResult : class
{
    /// <summary>The channel with the least value; null where none has one.</summary>
    public ChannelValue<TResult>? Least(Func<TResult, double?> value) => Values(value).OrderBy(v => v.Value).FirstOrDefault();

    /// <summary>The channel with the largest value; null where none has one.</summary>
    public ChannelValue<TResult>? Largest(Func<TResult, double?> value) => Values(value).OrderByDescending(v => v.Value).FirstOrDefault();

    private IEnumerable<ChannelValue<TResult>> Values(Func<TResult, double?> value)
    {
        for (var channel = 0; channel < Channels.Count; channel++)
        {
            if (value(Channels[channel]) is { } number)
            {
                yield return new ChannelValue<TResult>(Channels.Count > 1 ? SafeText.Of($"channel {channel + 1}") : SafeText.Empty, Channels[channel], number);
            }
        }
    }
}

/// <summary>A value of one channel.</summary>
/// <param name="Part">Which channel; empty where there is one, or one stands for all.</param>
/// <param name="Result">All that was measured on it.</param>
/// <param name="Value">The value.</param>
internal sealed record ChannelValue<TResult>(SafeText Part, TResult Result, double Value)
    where TResult : class
{
    /// <summary>Where in the recording it is, for a sentence that goes on: " in channel 2"; empty where nothing has to be said.</summary>
    public SafeText Where => Part.IsEmpty ? SafeText.Empty : SafeText.Of($" in {Part}");

    /// <summary>Of what in the recording it is, for a sentence that goes on: " of channel 2"; empty where nothing has to be said.</summary>
    public SafeText Of => Part.IsEmpty ? SafeText.Empty : SafeText.Of($" of {Part}");

    /// <summary>What a sentence is about: "the output", or "channel 2 of the output".</summary>
    public SafeText Subject => Part.IsEmpty ? SafeText.Of($"the output") : SafeText.Of($"{Part} of the output");
}
