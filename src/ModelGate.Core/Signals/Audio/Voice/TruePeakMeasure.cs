using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The peak of each channel between and at the samples, by ITU-R BS.1770-4, annex 2.</summary>
internal sealed record TruePeakMeasure : AudioMeasure<TruePeaks>
{
    // The filter of the annex for four times the rate, a phase a lane: the tap of the newest sample comes first.
    private static readonly Vector256<double>[] Taps =
    [
        Vector256.Create(0.0017089843750, -0.0291748046875, -0.0189208984375, -0.0083007812500),
        Vector256.Create(0.0109863281250, 0.0292968750000, 0.0330810546875, 0.0148925781250),
        Vector256.Create(-0.0196533203125, -0.0517578125000, -0.0582275390625, -0.0266113281250),
        Vector256.Create(0.0332031250000, 0.0891113281250, 0.1015625000000, 0.0476074218750),
        Vector256.Create(-0.0594482421875, -0.1665039062500, -0.2003173828125, -0.1022949218750),
        Vector256.Create(0.1373291015625, 0.4650878906250, 0.7797851562500, 0.9721679687500),
        Vector256.Create(0.9721679687500, 0.7797851562500, 0.4650878906250, 0.1373291015625),
        Vector256.Create(-0.1022949218750, -0.2003173828125, -0.1665039062500, -0.0594482421875),
        Vector256.Create(0.0476074218750, 0.1015625000000, 0.0891113281250, 0.0332031250000),
        Vector256.Create(-0.0266113281250, -0.0582275390625, -0.0517578125000, -0.0196533203125),
        Vector256.Create(0.0148925781250, 0.0330810546875, 0.0292968750000, 0.0109863281250),
        Vector256.Create(-0.0083007812500, -0.0189208984375, -0.0291748046875, 0.0017089843750),
    ];

    // No phase can lift a peak further than the sum of its taps' absolute values.
    private static readonly double MostGain = Enumerable.Range(0, Vector256<double>.Count).Max(lane => Taps.Sum(t => Math.Abs(t[lane])));

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip.Channels);

    private sealed class Meter(int channels) : AudioMeter
    {
        private readonly Channel[] each = [.. Enumerable.Range(0, channels).Select(_ => new Channel())];

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                each[channel].Add(interleaved, channel, channels);
            }
        }

        public override object Finish(long nonFinite)
        {
            foreach (var channel in each)
            {
                channel.Finish();
            }

            return new TruePeaks(nonFinite > 0 ? [] : [.. each.Select(c => c.Peak > 0 ? 20 * Math.Log10(c.Peak) : (double?)null)]);
        }
    }

    private sealed class Channel
    {
        private const int BlockSamples = 512;

        private readonly double[] buffer = new double[Taps.Length - 1 + BlockSamples];
        private int filled = Taps.Length - 1;

        public double Peak { get; private set; }

        public void Add(ReadOnlySpan<float> interleaved, int channel, int channels)
        {
            for (var at = channel; at < interleaved.Length; at += channels)
            {
                buffer[filled++] = interleaved[at];
                if (filled == buffer.Length)
                {
                    Look();
                }
            }
        }

        public void Finish()
        {
            Add(new float[Taps.Length - 1], 0, 1);
            Look();
        }

        private void Look()
        {
            var samples = buffer.AsSpan(0, filled);
            if (LaneSums.Peak(samples) * MostGain > Peak)
            {
                var largest = Vector256<double>.Zero;
                for (var at = Taps.Length - 1; at < samples.Length; at++)
                {
                    var sum = Vector256<double>.Zero;
                    for (var tap = 0; tap < Taps.Length; tap++)
                    {
                        sum += Taps[tap] * samples[at - tap];
                    }

                    largest = Vector256.MaxNative(largest, Vector256.Abs(sum));
                }

                for (var lane = 0; lane < Vector256<double>.Count; lane++)
                {
                    Peak = Math.Max(Peak, largest[lane]);
                }
            }

            samples[^(Taps.Length - 1)..].CopyTo(buffer);
            filled = Taps.Length - 1;
        }
    }
}

/// <summary>The true peaks of a recording.</summary>
/// <param name="Channels">Of each channel in dBTP; null for digital silence. None where a sample is not finite.</param>
internal sealed record TruePeaks(IReadOnlyList<double?> Channels)
{
    /// <summary>The highest of all, and each channel where there are several.</summary>
    public IEnumerable<Reading> Readings()
    {
        yield return Reading.Of(Channels.Max());
        for (var channel = 0; Channels.Count > 1 && channel < Channels.Count; channel++)
        {
            yield return Reading.Of(Channels[channel]) with { Part = SafeText.Of($"channel {channel + 1}") };
        }
    }
}
