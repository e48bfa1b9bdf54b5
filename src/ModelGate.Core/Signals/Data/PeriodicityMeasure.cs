using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Signals.Audio;

namespace ModelGate.Signals.Data;

/// <summary>How periodic a recording is at every lag that a pitch may have, fifty times a second: enough to tell whether a stated pitch is its own.</summary>
/// <remarks>
/// On the recording at about 8 kHz, the mean of so many samples for one, normalised cross-correlation of two windows of 32 ms that lie a lag apart around the frame's time, for each whole lag from 4 to 160 samples: 2 kHz
/// to 50 Hz. Frames that are more than 40 dB below the loudest are silent. The first ten seconds count.
/// </remarks>
internal sealed record PeriodicityMeasure : AudioMeasure<Periodicity>
{
    /// <summary>Frames a second.</summary>
    public const int FramesPerSecond = 50;

    /// <summary>The shortest lag, in samples of the reduced rate.</summary>
    public const int ShortestLag = 4;

    /// <summary>The longest lag.</summary>
    public const int LongestLag = 160;

    /// <summary>How many lags there are.</summary>
    public const int Lags = LongestLag - ShortestLag + 1;

    private const int ReducedRate = 8000;
    private const int MostSeconds = 10;
    private const int Window = 256;
    private const double QuietestShare = 1e-4;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private readonly int factor = Math.Max(1, clip.SampleRate / ReducedRate);
        private readonly List<float> samples = [];
        private double sum;
        private int summed;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            var most = MostSeconds * (clip.SampleRate / factor);
            for (var at = 0; at < interleaved.Length && samples.Count < most; at += clip.Channels)
            {
                for (var channel = 0; channel < clip.Channels; channel++)
                {
                    sum += interleaved[at + channel];
                }

                if (++summed == factor)
                {
                    samples.Add((float)(sum / (factor * clip.Channels)));
                    (sum, summed) = (0, 0);
                }
            }
        }

        public override object Finish(long nonFinite)
        {
            var rate = (double)clip.SampleRate / factor;
            return nonFinite > 0 ? new Periodicity(rate, [], clip.Seconds) : new Periodicity(rate, Frames([.. samples], rate), clip.Seconds);
        }

        private static PeriodicityFrame?[] Frames(float[] samples, double rate)
        {
            var squares = new double[samples.Length + 1];
            for (var i = 0; i < samples.Length; i++)
            {
                squares[i + 1] = squares[i] + ((double)samples[i] * samples[i]);
            }

            var frames = new PeriodicityFrame?[(int)(samples.Length / rate * FramesPerSecond)];
            var energies = new double[frames.Length];
            for (var i = 0; i < frames.Length; i++)
            {
                var centre = (int)(i * rate / FramesPerSecond);
                energies[i] = squares[Math.Min(centre + (Window / 2), samples.Length)] - squares[Math.Max(0, centre - (Window / 2))];
            }

            var quietest = energies.Length == 0 ? 0 : energies.Max() * QuietestShare;
            for (var i = 0; i < frames.Length; i++)
            {
                var centre = (int)(i * rate / FramesPerSecond);
                if (energies[i] > quietest && centre >= (Window + LongestLag) / 2 && centre + ((Window + LongestLag) / 2) + 1 < samples.Length)
                {
                    frames[i] = Frame(samples, squares, centre);
                }
            }

            return frames;
        }

        private static PeriodicityFrame Frame(float[] samples, double[] squares, int centre)
        {
            var values = new sbyte[Lags];
            for (var lag = ShortestLag; lag <= LongestLag; lag++)
            {
                var start = centre - ((Window + lag) / 2);
                var product = TensorPrimitives.Dot<float>(samples.AsSpan(start, Window), samples.AsSpan(start + lag, Window));
                var energy = (squares[start + Window] - squares[start]) * (squares[start + lag + Window] - squares[start + lag]);
                values[lag - ShortestLag] = (sbyte)Math.Clamp(Math.Round(127 * product / Math.Sqrt(Math.Max(energy, 1e-20))), -127, 127);
            }

            return PeriodicityFrame.Of(values);
        }
    }
}

/// <summary>How periodic a recording is.</summary>
/// <param name="Rate">Samples a second at which lags are counted.</param>
/// <param name="Frames">For each frame the correlation at each lag; null where it is silent, or at an edge.</param>
/// <param name="Seconds">The duration.</param>
internal sealed record Periodicity(double Rate, IReadOnlyList<PeriodicityFrame?> Frames, double Seconds)
{
    /// <summary>The correlation at a pitch, from -1 to 1, and the share of lags that are no more periodic; null where the frame is silent or the pitch is out of range.</summary>
    public (double Correlation, double Rank)? At(int frame, double hertz)
    {
        if (frame < 0 || frame >= Frames.Count || Frames[frame] is not { } at)
        {
            return null;
        }

        var lag = (Rate / hertz) - PeriodicityMeasure.ShortestLag;
        if (!(lag >= 0 && lag < at.Correlations.Length - 1))
        {
            return null;
        }

        // The nearer of the two whole lags that is more periodic: pitch is stated in cents, lags are whole samples.
        var low = (int)lag;
        var better = at.Correlations[low] >= at.Correlations[low + 1] ? low : low + 1;
        return (at.Correlations[better] / 127.0, at.Ranks[better] / 255.0);
    }
}

/// <summary>How periodic a recording is at one time.</summary>
/// <param name="Correlations">For each lag the correlation times 127.</param>
/// <param name="Ranks">For each lag the share of lags with no higher one, times 255.</param>
internal sealed record PeriodicityFrame(sbyte[] Correlations, byte[] Ranks)
{
    /// <summary>A frame with these correlations.</summary>
    public static PeriodicityFrame Of(sbyte[] correlations)
    {
        Span<int> upTo = stackalloc int[256];
        foreach (var value in correlations)
        {
            upTo[value + 128]++;
        }

        for (var i = 1; i < upTo.Length; i++)
        {
            upTo[i] += upTo[i - 1];
        }

        var ranks = new byte[correlations.Length];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = (byte)(255 * upTo[correlations[i] + 128] / ranks.Length);
        }

        return new PeriodicityFrame(correlations, ranks);
    }
}
