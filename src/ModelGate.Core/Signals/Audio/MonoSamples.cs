using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals.Audio;

/// <summary>
/// Streams a recording as one channel, the mean of all, in double precision, and each channel beside it where they are asked for. On
/// the way it shows the interleaved samples to whoever listens, and counts what is not finite.
/// </summary>
/// <param name="clip">The recording.</param>
/// <param name="listeners">Are shown every block of interleaved samples once.</param>
/// <param name="streams">The mean of the channels, and then nothing more or each channel: they are shown their samples.</param>
internal sealed class MonoSamples(AudioClip clip, IReadOnlyList<AudioMeter> listeners, IReadOnlyList<AudioStream> streams)
{
    /// <summary>Most samples held at once.</summary>
    private const int BlockSamples = 16 << 10;

    private readonly float[] block = new float[Math.Max(1, BlockSamples / clip.Channels) * clip.Channels];
    private long position;

    /// <summary>The samples, over all channels, that were NaN or infinite so far.</summary>
    public long NonFinite { get; private set; }

    /// <summary>Fills the destinations with the next frames and returns their number, smaller than asked for only at the end.</summary>
    /// <param name="destinations">What takes the mean of the channels, and then nothing more or what takes each channel; of one length.</param>
    /// <param name="start">Where in them the first frame goes.</param>
    /// <exception cref="ArtifactFault">Reason <c>truncated</c>: the recording ends before its last frame.</exception>
    public int Read(ReadOnlySpan<double[]> destinations, int start)
    {
        var wanted = destinations[0].Length - start;
        var filled = 0;
        while (filled < wanted && position < clip.Frames)
        {
            var frames = (int)Math.Min(Math.Min(wanted - filled, block.Length / clip.Channels), clip.Frames - position);
            var samples = block.AsSpan(0, frames * clip.Channels);
            if (clip.Samples.Read(position, samples) != frames)
            {
                throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the recording of {clip.Frames} frames ends before frame {position + frames}"));
            }

            foreach (var listener in listeners)
            {
                listener.Add(samples);
            }

            var mono = destinations[0].AsSpan(start + filled, frames);
            Mix(samples, mono);
            for (var channel = 0; channel < destinations.Length - 1; channel++)
            {
                Pick(samples, channel, destinations[1 + channel].AsSpan(start + filled, frames));
            }

            for (var i = 0; i < streams.Count && NonFinite == 0; i++)
            {
                streams[i].Add(destinations[i].AsSpan(start + filled, frames));
            }

            filled += frames;
            position += frames;
        }

        return filled;
    }

    /// <summary>Reads what is left, for the listeners.</summary>
    public void ReadToEnd(CancellationToken cancellation)
    {
        double[][] rest = [.. Enumerable.Range(0, Math.Max(1, streams.Count)).Select(_ => new double[Math.Min(BlockSamples, Math.Max(1, clip.Frames - position))])];
        while (position < clip.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            Read(rest, 0);
        }
    }

    private void Mix(ReadOnlySpan<float> samples, Span<double> mono)
    {
        var nonFinite = 0;
        foreach (var sample in samples)
        {
            nonFinite += float.IsFinite(sample) ? 0 : 1;
        }

        NonFinite += nonFinite;
        if (clip.Channels == 1)
        {
            TensorPrimitives.ConvertTruncating(samples, mono);
            return;
        }

        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0.0;
            foreach (var sample in samples.Slice(i * clip.Channels, clip.Channels))
            {
                sum += sample;
            }

            mono[i] = sum / clip.Channels;
        }
    }

    private void Pick(ReadOnlySpan<float> samples, int channel, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = samples[(i * clip.Channels) + channel];
        }
    }
}
