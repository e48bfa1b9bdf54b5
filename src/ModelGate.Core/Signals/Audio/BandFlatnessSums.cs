using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>
/// Sums the flatness of active frames over every band that may turn out to be the occupied one, which is known only after the last
/// frame: so the recording is read once, and memory does not grow with its length.
/// </summary>
internal sealed class BandFlatnessSums : IStretchSums<BandFlatnessSums>
{
    private static readonly int[] Edges = [.. OccupiedBand.Lower.Concat(OccupiedBand.Upper).Distinct().Order()];
    private static readonly (int From, int To, double Share)[] Bands = [.. from lower in OccupiedBand.Lower
                                                                           from upper in OccupiedBand.Upper
                                                                           where upper > lower
                                                                           select (Array.IndexOf(Edges, lower), Array.IndexOf(Edges, upper), 1.0 / (upper - lower))];

    // What never sounds takes no memory for sums.
    private LaneBuffer? sums;
    private MeanSpectrum? means;
    private readonly LaneBuffer logarithmsAt = new(Edges.Length);
    private readonly LaneBuffer powersAt = new(Edges.Length);

    /// <inheritdoc/>
    public static BandFlatnessSums Create() => new();

    /// <summary>The number of active frames.</summary>
    public long Active { get; private set; }

    /// <summary>The sum of their flatness over the whole band.</summary>
    public double Whole { get; private set; }

    /// <summary>Adds the frames of which the lane of the mask is set.</summary>
    /// <param name="spectra">The spectra.</param>
    /// <param name="mask">The active frames.</param>
    /// <param name="whole">The sum of their flatness over the whole band.</param>
    public void Add(SpectrumBlock spectra, Vector256<double> mask, double whole)
    {
        Active += System.Numerics.BitOperations.PopCount(mask.ExtractMostSignificantBits());
        Whole += whole;
        SumToEdges(spectra.Powers);
        (means ??= new MeanSpectrum()).Add(spectra.Powers, mask);
        var sum = (sums ??= new LaneBuffer(Bands.Length)).Span;
        ReadOnlySpan<Vector256<double>> logarithms = logarithmsAt.Span, powers = powersAt.Span;
        for (var i = 0; i < Bands.Length; i++)
        {
            var (from, to, share) = Bands[i];
            var mean = (powers[to] - powers[from]) * share;
            var flatness = LaneExponential.Of((logarithms[to] - logarithms[from]) * share) / mean;
            sum[i] += Vector256.MinNative(flatness, Vector256<double>.One) & mask;
        }
    }

    /// <inheritdoc/>
    public void Add(BandFlatnessSums other)
    {
        if (other.sums is null || other.means is null)
        {
            return;
        }

        Active += other.Active;
        Whole += other.Whole;
        (means ??= new MeanSpectrum()).Add(other.means);
        Span<Vector256<double>> sum = (sums ??= new LaneBuffer(Bands.Length)).Span, otherSum = other.sums.Span;
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += otherSum[i];
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        (Active, Whole) = (0, 0);
        means?.Clear();
        sums?.Span.Clear();
    }

    /// <summary>The mean flatness over the band that these frames occupy, and that band; null where no frame is active.</summary>
    public OccupiedFlatness? Of(int sampleRate)
    {
        if (Active == 0 || sums is null || means is null)
        {
            return null;
        }

        var (lower, upper) = OccupiedBand.Of(means.Logarithms(Active), sampleRate);
        var reachesTop = upper == OccupiedBand.Upper.Count - 1;
        return new OccupiedFlatness(
            (lower == 0 && reachesTop ? Whole : Of(lower, upper)) / Active,
            OccupiedBand.Lower[lower] * (double)sampleRate / FrameSeries.FrameLength,
            reachesTop ? sampleRate / 2.0 : OccupiedBand.Upper[upper] * (double)sampleRate / FrameSeries.FrameLength);
    }

    private double Of(int lower, int upper)
    {
        var from = Array.IndexOf(Edges, OccupiedBand.Lower[lower]);
        var to = Array.IndexOf(Edges, OccupiedBand.Upper[upper]);
        return Vector256.Sum(sums!.Span[Array.FindIndex(Bands, b => b.From == from && b.To == to)]);
    }

    // Sums of logarithms and of powers from zero to each edge. Between two edges the powers are multiplied, which costs one logarithm an edge.
    private void SumToEdges(ReadOnlySpan<Vector256<double>> powers)
    {
        var least = Vector256.Create(MeanSpectrum.LeastPower);
        Vector256<double> sum = default, logarithm = default;
        var at = 0;
        for (var edge = 1; edge < Edges.Length; edge++)
        {
            var product = Vector256<double>.One;
            var exponent = Vector256<long>.Zero;
            while (at < Edges[edge])
            {
                var end = Math.Min(at + MeanSpectrum.FactorsBetweenSplits, Edges[edge]);
                for (; at < end; at++)
                {
                    var power = Vector256.MaxNative(powers[at], least);
                    sum += power;
                    product *= power;
                }

                exponent += MeanSpectrum.Split(ref product);
            }

            logarithm += LogarithmOf(product, exponent);
            logarithmsAt.Span[edge] = logarithm;
            powersAt.Span[edge] = sum;
        }
    }

    private static Vector256<double> LogarithmOf(Vector256<double> mantissa, Vector256<long> exponent)
    {
        var logarithm = Vector256<double>.Zero;
        for (var lane = 0; lane < RealFourierTransform.Lanes; lane++)
        {
            logarithm = logarithm.WithElement(lane, Math.Log(mantissa[lane]) + (exponent[lane] * Math.Log(2)));
        }

        return logarithm;
    }
}

/// <summary>The flatness of frames over the band that they occupy.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Low">Where the band begins, in Hz.</param>
/// <param name="High">Where it ends, in Hz.</param>
internal sealed record OccupiedFlatness(double Value, double Low, double High);
