using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>Periodicity and pitch by YIN (de Cheveigné and Kawahara 2002), with librosa's difference function.</summary>
/// <remarks>
/// Frames of n = 2^⌈log2(0.04 rate)⌉ samples every n/4, n/2 zeros at both ends, the mean removed; a = autocorrelation in the frame; d(k) = 2(a0 - ak) - Σ of the first k squares;
/// d'(k) = d(k) k / Σ d(1..k); lags ⌊rate/800⌋ to ⌈rate/65⌉. A frame is periodic where its RMS is above -60 dBFS and d' falls below 0.2; F0 is that of the first trough below 0.1, else of
/// the least d', with a parabola through its neighbours.
/// </remarks>
internal sealed class PitchFrames
{
    private const double Lowest = 65;
    private const double Highest = 800;
    private const double PeriodicBelow = 0.2;
    private const double TroughBelow = 0.1;

    // What is kept of each frame outlives the file.
    private const int MostFrames = 1 << 18;

    private readonly int rate;
    private readonly int length;
    private readonly int shortest;
    private readonly int longest;
    private readonly RealFourierTransform transform;
    private readonly LaneBuffer frames;
    private readonly LaneBuffer powers;
    private readonly LaneBuffer imaginary;
    private readonly double[][] lanes;
    private readonly double[] difference;
    private readonly List<float> track = [];
    private long next;
    private long active;
    private long periodic;

    public PitchFrames(int rate)
    {
        this.rate = rate;
        length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, Math.Ceiling(0.04 * rate)));
        shortest = Math.Max(1, (int)Math.Floor(rate / Highest));
        longest = Math.Min((int)Math.Ceiling(rate / Lowest), length - 1);
        transform = new RealFourierTransform(2 * length);
        (frames, powers, imaginary) = (new LaneBuffer(2 * length), new LaneBuffer(transform.Bins), new LaneBuffer(transform.Bins));
        lanes = [.. Enumerable.Range(0, RealFourierTransform.Lanes).Select(_ => new double[length])];
        difference = new double[longest + 1];
    }

    /// <summary>The share of the active frames that are periodic; null without an active frame.</summary>
    public double? PeriodicShare => active == 0 ? null : (double)periodic / active;

    /// <summary>The range between the quartiles of ln F0 over the periodic frames; null without any.</summary>
    public double? Range => Pitches() is { Length: > 0 } sorted ? Interpolated(sorted, 0.75, Math.Log) - Interpolated(sorted, 0.25, Math.Log) : null;

    /// <summary>The median F0 of the periodic frames; null without any.</summary>
    public double? Median => Pitches() is { Length: > 0 } sorted ? Interpolated(sorted, 0.5, f => f) : null;

    /// <summary>F0 over time.</summary>
    public PitchTrack Track => new(track, (double)(length / 4) / rate);

    /// <summary>Takes the next samples.</summary>
    public void Take(SampleWindow window, double mean)
    {
        var hop = length / 4;
        var count = Math.Min(MostFrames, 1 + (window.Total / hop));
        while (next < count)
        {
            var four = (int)Math.Min(RealFourierTransform.Lanes, count - next);
            if (!window.Covers(((next + four - 1) * hop) + (length / 2)))
            {
                return;
            }

            var destination = MemoryMarshal.Cast<Vector256<double>, double>(frames.Span);
            destination.Clear();
            for (var lane = 0; lane < four; lane++)
            {
                window.CopyTo(((next + lane) * hop) - (length / 2), lanes[lane], mean);
                for (var i = 0; i < length; i++)
                {
                    destination[(i * RealFourierTransform.Lanes) + lane] = lanes[lane][i];
                }
            }

            Correlate();
            for (var lane = 0; lane < four; lane++)
            {
                Add(lane);
            }

            next += four;
        }
    }

    // The power spectrum is real and even, so that its transform is the autocorrelation, times the length.
    private void Correlate()
    {
        transform.Power(frames.Span, powers.Span);
        var spectrum = powers.Span;
        var even = frames.Span;
        even[0] = spectrum[0];
        even[length] = spectrum[length];
        for (var k = 1; k < length; k++)
        {
            even[k] = spectrum[k];
            even[(2 * length) - k] = spectrum[k];
        }

        transform.Transform(frames.Span, powers.Span, imaginary.Span);
    }

    private void Add(int lane)
    {
        var samples = lanes[lane];
        var square = 0.0;
        foreach (var sample in samples)
        {
            square += sample * sample;
        }

        if (Math.Sqrt(square / length) <= FrameRms.Active)
        {
            track.Add(0);
            return;
        }

        active++;
        var correlation = powers.Span;
        var scale = 1.0 / (2 * length);
        var zero = correlation[0][lane] * scale;
        var (squares, sum) = (0.0, 0.0);
        for (var k = 1; k <= longest; k++)
        {
            squares += samples[k - 1] * samples[k - 1];
            var d = (2 * (zero - (correlation[k][lane] * scale))) - squares;
            sum += d;
            difference[k] = d / ((sum / k) + 2.2250738585072014e-308);
        }

        var least = difference.AsSpan(shortest).IndexOf(Least(difference.AsSpan(shortest))) + shortest;
        if (difference[least] >= PeriodicBelow)
        {
            track.Add(0);
            return;
        }

        periodic++;
        track.Add((float)(rate / Period(least)));
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values)
        {
            least = value < least ? value : least;
        }

        return least;
    }

    private double Period(int least)
    {
        var at = least;
        for (var k = shortest; k <= longest; k++)
        {
            var isTrough = (k == shortest || difference[k] < difference[k - 1]) && (k == longest || (k == shortest ? difference[k] < difference[k + 1] : difference[k] <= difference[k + 1]));
            if (isTrough && difference[k] < TroughBelow)
            {
                at = k;
                break;
            }
        }

        if (at == shortest || at == longest)
        {
            return at;
        }

        var a = difference[at + 1] + difference[at - 1] - (2 * difference[at]);
        var b = (difference[at + 1] - difference[at - 1]) / 2;
        return Math.Abs(b) >= Math.Abs(a) ? at : at - (b / a);
    }

    private double[] Pitches() => [.. track.Where(f => f > 0).Select(f => (double)f).Order()];

    private static double Interpolated(double[] sorted, double share, Func<double, double> of)
    {
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return of(sorted[low]) + ((at - low) * (of(sorted[high]) - of(sorted[low])));
    }
}
