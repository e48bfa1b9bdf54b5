using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelGate.Artifacts;
using ModelGate.Signals.Audio;

namespace ModelGate.Signals.Data;

/// <summary>What makes a recording unfit for training, and a digest of its samples.</summary>
/// <remarks>
/// Clipped: more than one sample in a thousand at full scale (0.999), or ten of them in a row; or sixteen equal samples in a row within 1 % of the recording's own peak, which a clipped recording has that was
/// turned down. Real recordings reach runs of eight.
/// </remarks>
internal sealed record RecordingHealthMeasure : AudioMeasure<RecordingHealth>
{
    private const double FullScale = 0.999;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly float[] last = new float[clip.Channels];
        private readonly int[] run = new int[clip.Channels];
        private readonly Dictionary<float, int> plateaus = [];
        private long samples;
        private long full;
        private double squares;
        private float peak;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            hash.AppendData(MemoryMarshal.AsBytes(interleaved));
            for (var i = 0; i < interleaved.Length; i++)
            {
                var (sample, channel) = (interleaved[i], i % clip.Channels);
                squares += (double)sample * sample;
                peak = Math.Max(peak, Math.Abs(sample));
                full += Math.Abs(sample) >= FullScale ? 1 : 0;
                run[channel] = sample == last[channel] ? run[channel] + 1 : 1;
                last[channel] = sample;
                if (run[channel] >= 10)
                {
                    Note(Math.Abs(sample), run[channel]);
                }
            }

            samples += interleaved.Length;
        }

        public override object Finish(long nonFinite)
        {
            var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.Dispose();
            var isClipped = samples > 0 && (full > 0.001 * samples
                || plateaus.Any(p => p.Key >= FullScale ? p.Value >= 10 : p.Key >= 0.99 * peak && p.Value >= 16 && peak > 0.01));
            return new RecordingHealth(digest, nonFinite, samples == 0 || nonFinite > 0 ? 0 : Math.Sqrt(squares / samples), isClipped);
        }

        // The loudest plateaus alone can be clipping: the quiet ones of digital silence are many.
        private void Note(float level, int length)
        {
            if (level < 0.99f * peak || level == 0)
            {
                return;
            }

            if (plateaus.Count > 64)
            {
                foreach (var low in plateaus.Keys.Where(k => k < 0.99f * peak).ToArray())
                {
                    plateaus.Remove(low);
                }
            }

            if (plateaus.Count <= 64)
            {
                plateaus[level] = Math.Max(length, plateaus.GetValueOrDefault(level));
            }
        }
    }
}

/// <summary>What a recording is like.</summary>
/// <param name="Digest">The SHA-256 of its samples as floats.</param>
/// <param name="NonFinite">Samples that are NaN or infinite.</param>
/// <param name="Rms">The root mean square; full scale is 1.</param>
/// <param name="IsClipped">Whether it was cut off at its peaks.</param>
internal sealed record RecordingHealth(string Digest, long NonFinite, double Rms, bool IsClipped);
