using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>The lowest and the highest sample of each of up to 960 equal stretches of time, over all channels, for a picture.</summary>
internal sealed record WaveformMeasure : AudioMeasure<Waveform>
{
    private const int MostColumns = 960;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private readonly SampleExtent[] columns = [.. Enumerable.Repeat(SampleExtent.None, (int)Math.Min(MostColumns, clip.Frames))];
        private long frame;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            for (var at = 0; at < interleaved.Length;)
            {
                var column = (int)(frame * columns.Length / clip.Frames);
                var end = (((column + 1L) * clip.Frames) + columns.Length - 1) / columns.Length;
                var part = interleaved.Slice(at, (int)Math.Min(interleaved.Length - at, (end - frame) * clip.Channels));
                ref var extent = ref columns[column];
                foreach (var sample in part)
                {
                    extent = new SampleExtent(Math.Min(extent.Low, sample), Math.Max(extent.High, sample));
                }

                at += part.Length;
                frame += part.Length / clip.Channels;
            }
        }

        public override object Finish(long nonFinite) => new Waveform(clip.Seconds, nonFinite > 0 ? [] : columns);
    }
}

/// <summary>What a recording looks like in time.</summary>
/// <param name="Seconds">The duration.</param>
/// <param name="Columns">The extent of each stretch; none where a sample is not finite.</param>
internal sealed record Waveform(double Seconds, IReadOnlyList<SampleExtent> Columns);

/// <summary>The lowest and the highest of samples.</summary>
internal readonly record struct SampleExtent(float Low, float High)
{
    /// <summary>That of no samples.</summary>
    public static SampleExtent None { get; } = new(float.PositiveInfinity, float.NegativeInfinity);
}
