using System.Buffers.Binary;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>A recording, or the beginning of a long one, as a WAV file of 16 bits that a browser plays.</summary>
internal sealed record PlayableMeasure : AudioMeasure<Playable>
{
    /// <summary>Most bytes of samples: 21 seconds of one channel at 48 kHz.</summary>
    private const int MostBytes = 2 << 20;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly byte[] wave;
        private int filled = WaveHeader.Bytes;

        public Meter(AudioClip clip)
        {
            this.clip = clip;
            var frameBytes = sizeof(short) * clip.Channels;
            wave = new byte[WaveHeader.Bytes + (Math.Min(clip.Frames, MostBytes / frameBytes) * frameBytes)];
            WaveHeader.Write(wave, clip.SampleRate, clip.Channels);
        }

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            foreach (var sample in interleaved[..Math.Min(interleaved.Length, (wave.Length - filled) / sizeof(short))])
            {
                var rounded = float.IsNaN(sample) ? 0 : Math.Clamp(MathF.Round(sample * 32768), short.MinValue, short.MaxValue);
                BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(filled), (short)rounded);
                filled += sizeof(short);
            }
        }

        public override object Finish(long nonFinite)
            => new Playable(wave, (double)(wave.Length - WaveHeader.Bytes) / (sizeof(short) * clip.Channels) / clip.SampleRate, clip.Seconds);
    }
}

/// <summary>A recording that can be played.</summary>
/// <param name="Wave">A WAV file.</param>
/// <param name="Seconds">How much of the recording it holds.</param>
/// <param name="Of">How long the recording is.</param>
internal sealed record Playable(byte[] Wave, double Seconds, double Of);
