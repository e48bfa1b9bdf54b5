using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>
/// Sums the flatness of active frames over every band that may turn out to be the occupied one, which is known only after the last
/// frame: so the recording is read once, and memory does not grow with its length.
/// </summary>
internal sealed class BandFlatnessSums
{
    private static readonly int[] Edges = [.. OccupiedBand.Lower.Concat(OccupiedBand.Upper).Distinct().Order()];
    private static readonly (int From, int To, double Share)[] Bands = [.. from lower in OccupiedBand.Lower
                                                                           from upper in OccupiedBand.Upper
                                                                           where upper > lower
                                                                           select (Array.IndexOf(Edges, lower), Array.IndexOf(Edges, upper), 1.0 / (upper - lower))];

    private readonly LaneBuffer sums = new(Bands.Length);
    private readonly MeanSpectrum means = new();
    private readonly LaneBuffer logarithmsAt = new(Edges.Length);
    private readonly LaneBuffer powersAt = new(Edges.Length);

    /// <summary>Adds the frames of which the lane of the mask is set.</summary>
    public void Add(SpectrumBlock spectra, Vector256<double> mask)
    {
        SumToEdges(spectra.Powers);
        means.Add(spectra.Powers, mask);
        var sum = sums.Span;
        ReadOnlySpan<Vector256<double>> logarithms = logarithmsAt.Span, powers = powersAt.Span;
        for (var i = 0; i < Bands.Length; i++)
        {
            var (from, to, share) = Bands[i];
            var mean = (powers[to] - powers[from]) * share;
            var flatness = LaneExponential.Of((logarithms[to] - logarithms[from]) * share) / mean;
            sum[i] += Vector256.MinNative(flatness, Vector256<double>.One) & mask;
        }
    }

    /// <inheritdoc cref="MeanSpectrum.Logarithms"/>
    public double[] MeanLogarithms(long frames) => means.Logarithms(frames);

    /// <summary>The sum of the flatness over a band.</summary>
    /// <param name="lower">The place of its first edge in <see cref="OccupiedBand.Lower"/>.</param>
    /// <param name="upper">The place of its last edge in <see cref="OccupiedBand.Upper"/>.</param>
    public double Of(int lower, int upper)
    {
        var from = Array.IndexOf(Edges, OccupiedBand.Lower[lower]);
        var to = Array.IndexOf(Edges, OccupiedBand.Upper[upper]);
        return Vector256.Sum(sums.Span[Array.FindIndex(Bands, b => b.From == from && b.To == to)]);
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
