using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using NAudio.Wave;

namespace ModelGate.Readers.Wave;

/// <summary>Decodes samples on demand, a block at a time.</summary>
internal sealed class WaveSamples : ISampleSource
{
    /// <summary>Most samples decoded at once: memory does not depend on the file.</summary>
    private const int BlockSamples = 64 << 10;

    private readonly Lock reading = new();
    private readonly BoundedWave wave;
    private readonly WaveForm form;
    private readonly float[]? companded;
    private readonly ISampleProvider? decoder;
    private byte[] codes = [];

    public WaveSamples(IByteSource source, WaveForm form, long offset, long length)
    {
        this.form = form;
        wave = new BoundedWave(source, form, offset, length);
        Frames = length / form.FrameBytes;
        companded = Companding.Table(form.Codec);
        decoder = companded is null ? wave.ToSampleProvider() : null;
    }

    /// <summary>The number of frames.</summary>
    public long Frames { get; }

    /// <inheritdoc/>
    /// <exception cref="ArtifactFault">Reason <c>truncated</c>: the file has become shorter since it was opened.</exception>
    public int Read(long firstFrame, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        var frames = (int)Math.Clamp(Frames - firstFrame, 0, destination.Length / form.Channels);
        var rest = destination[..(frames * form.Channels)];
        var block = BlockSamples / form.Channels * form.Channels;
        lock (reading)
        {
            wave.Position = firstFrame * form.FrameBytes;
            while (!rest.IsEmpty)
            {
                var part = rest[..Math.Min(block, rest.Length)];
                Decode(part);
                rest = rest[part.Length..];
            }
        }

        return frames;
    }

    private void Decode(Span<float> samples)
    {
        if (companded is null)
        {
            var count = decoder!.Read(samples);
            if (count != samples.Length)
            {
                throw new InvalidOperationException($"NAudio decoded {count} of {samples.Length} samples");
            }

            return;
        }

        if (codes.Length < samples.Length)
        {
            codes = new byte[samples.Length];
        }

        wave.Read(codes.AsSpan(0, samples.Length));
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = companded[codes[i]];
        }
    }
}
