using ModelGate.Bytes;
using NAudio.Wave;

namespace ModelGate.Readers.Wave;

/// <summary>The sample bytes of a file as NAudio takes them: bounded, and every read filled, for its converters drop part of a frame.</summary>
internal sealed class BoundedWave(IByteSource source, WaveForm form, long offset, long length) : IWaveProvider
{
    /// <summary>Where the next read begins, in bytes from the first sample.</summary>
    public long Position { get; set; }

    /// <inheritdoc/>
    public WaveFormat WaveFormat { get; } = WaveFormat.CreateCustomFormat(
        form.Codec == WaveCodec.Float ? WaveFormatEncoding.IeeeFloat : WaveFormatEncoding.Pcm,
        form.SampleRate,
        form.Channels,
        form.SampleRate * form.FrameBytes,
        form.FrameBytes,
        form.Container * 8);

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - Position);
        source.ReadExactly(offset + Position, buffer[..count], "the samples");
        Position += count;
        return count;
    }
}
