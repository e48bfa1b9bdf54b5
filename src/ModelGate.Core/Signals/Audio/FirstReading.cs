using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>What has to be known of a recording before the pass over it: its means, and whether its channels differ.</summary>
/// <remarks>
/// Up to <see cref="MostHeld"/> samples are kept as they are decoded, and the pass reads them from memory. What is longer is decoded a second time, which takes a fraction of
/// the time of one transform.
/// </remarks>
/// <param name="Mean">The mean of all samples of the mean of the channels.</param>
/// <param name="ChannelMeans">The mean of each channel.</param>
/// <param name="ChannelsAgree">Whether all channels hold the same samples, as in a mono recording that is stored as stereo.</param>
/// <param name="Clip">The recording from which to go on.</param>
internal sealed record FirstReading(double Mean, IReadOnlyList<double> ChannelMeans, bool ChannelsAgree, AudioClip Clip)
{
    /// <summary>Most samples, over all channels, that are kept: 4 MB.</summary>
    private const long MostHeld = 1 << 20;

    /// <summary>Reads a recording.</summary>
    /// <exception cref="Faults.ArtifactFault">The recording ends before its last frame.</exception>
    public static FirstReading Of(AudioClip clip, CancellationToken cancellation)
    {
        var held = clip.Frames <= MostHeld / clip.Channels ? new HeldSamples(new float[clip.Frames * clip.Channels], clip.Channels) : null;
        var meter = new Meter(held, clip.Channels);
        new MonoSamples(clip, [meter], [new AudioStream(clip, [meter])]).ReadToEnd(cancellation);
        var frames = Math.Max(1, clip.Frames);
        return new FirstReading(meter.Sum / frames, [.. meter.Sums.Select(s => s / frames)], meter.Agree, held is null ? clip : clip with { Samples = held });
    }

    private sealed class Meter(HeldSamples? held, int channels) : AudioMeter
    {
        public double Sum { get; private set; }

        public double[] Sums { get; } = new double[channels];

        public bool Agree { get; private set; } = true;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            held?.Take(interleaved);
            for (var at = 0; channels > 1 && at < interleaved.Length; at += channels)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    Sums[channel] += interleaved[at + channel];
                    Agree &= interleaved[at + channel].Equals(interleaved[at]);
                }
            }
        }

        public override void Add(ReadOnlySpan<double> mono) => Sum += LaneSums.Sum(mono);

        public override object Finish(long nonFinite) => this;
    }

    private sealed class HeldSamples(float[] samples, int channels) : ISampleSource
    {
        private int filled;

        public void Take(ReadOnlySpan<float> interleaved)
        {
            interleaved.CopyTo(samples.AsSpan(filled));
            filled += interleaved.Length;
        }

        public int Read(long firstFrame, Span<float> destination)
        {
            var rest = samples.AsSpan((int)Math.Min(firstFrame * channels, filled)..filled);
            var count = Math.Min(rest.Length, destination.Length / channels * channels);
            rest[..count].CopyTo(destination);
            return count / channels;
        }
    }
}
