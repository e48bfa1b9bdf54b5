using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals;

/// <summary>Streams a recording as one channel, the mean of all, in double precision; counts what is not finite on the way.</summary>
/// <param name="clip">The recording.</param>
internal sealed class MonoSamples(AudioClip clip)
{
    /// <summary>Most samples held at once.</summary>
    private const int BlockSamples = 64 << 10;

    private readonly float[] block = new float[Math.Max(1, BlockSamples / clip.Channels) * clip.Channels];
    private long position;

    /// <summary>The samples, over all channels, that were NaN or infinite so far.</summary>
    public long NonFinite { get; private set; }

    /// <summary>Fills the destination with the next frames and returns their number, smaller than asked for only at the end.</summary>
    /// <exception cref="ArtifactFault">Reason <c>truncated</c>: the recording ends before its last frame.</exception>
    public int Read(Span<double> destination)
    {
        var filled = 0;
        while (filled < destination.Length && position < clip.Frames)
        {
            var frames = (int)Math.Min(Math.Min(destination.Length - filled, block.Length / clip.Channels), clip.Frames - position);
            var samples = block.AsSpan(0, frames * clip.Channels);
            if (clip.Samples.Read(position, samples) != frames)
            {
                throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the recording of {clip.Frames} frames ends before frame {position + frames}"));
            }

            Mix(samples, destination.Slice(filled, frames));
            filled += frames;
            position += frames;
        }

        return filled;
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
}
