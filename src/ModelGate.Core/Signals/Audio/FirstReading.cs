using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>Finds the mean of a recording before the pass over it, where a meter has to know it.</summary>
/// <remarks>
/// Up to <see cref="MostHeld"/> samples are kept as they are decoded, and the pass reads them from memory. What is longer is decoded a second time, which takes a fraction of
/// the time of one transform.
/// </remarks>
internal static class FirstReading
{
    /// <summary>Most samples, over all channels, that are kept: 4 MB.</summary>
    private const long MostHeld = 1 << 20;

    /// <summary>The mean of all samples of the mean of the channels, and the recording from which to go on.</summary>
    /// <exception cref="Faults.ArtifactFault">The recording ends before its last frame.</exception>
    public static (double Mean, AudioClip Clip) Of(AudioClip clip, CancellationToken cancellation)
    {
        var held = clip.Frames <= MostHeld / clip.Channels ? new HeldSamples(new float[clip.Frames * clip.Channels], clip.Channels) : null;
        var meter = new Meter(held);
        new MonoSamples(clip, [meter]).ReadToEnd(cancellation);
        return (clip.Frames > 0 ? meter.Sum / clip.Frames : 0, held is null ? clip : clip with { Samples = held });
    }

    private sealed class Meter(HeldSamples? held) : AudioMeter
    {
        public double Sum { get; private set; }

        public override void Add(ReadOnlySpan<float> interleaved) => held?.Take(interleaved);

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
