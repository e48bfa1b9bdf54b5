using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>
/// Sums the flatness of active frames over every band that may turn out to be the occupied one, which is known only after the last
/// frame: so the recording is read once, and memory does not grow with its length.
/// </summary>
internal sealed class BandFlatnessSums
{
    private const int Bins = FrameSpectra.Bins;
    private const double LeastPower = 1e-10;
    private const int ExponentBits = 52;
    private const long ExponentBias = 1023;

    // A mantissa below 2 times three powers of at most 1e83 can be multiplied without overflow.
    private const int FactorsBetweenSplits = 3;

    private static readonly int[] Edges = [.. OccupiedBand.Lower.Concat(OccupiedBand.Upper).Distinct().Order()];
    private static readonly (int From, int To, double Share)[] Bands = [.. from lower in OccupiedBand.Lower
                                                                           from upper in OccupiedBand.Upper
                                                                           where upper > lower
                                                                           select (Array.IndexOf(Edges, lower), Array.IndexOf(Edges, upper), 1.0 / (upper - lower))];

    private readonly LaneBuffer sums = new(Bands.Length);
    private readonly LaneBuffer products = new(Bins);
    private readonly long[] exponents = new long[Bins * RealFourierTransform.Lanes];
    private readonly LaneBuffer logarithmsAt = new(Edges.Length);
    private readonly LaneBuffer powersAt = new(Edges.Length);
    private int factors;

    public BandFlatnessSums() => products.Span.Fill(Vector256<double>.One);

    /// <summary>Adds the frames of which the lane of the mask is set.</summary>
    public void Add(SpectrumBlock spectra, Vector256<double> mask)
    {
        SumToEdges(spectra.Powers);
        Multiply(spectra.Powers, mask);
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

    /// <summary>The mean logarithm of each bin's power over the frames that were added.</summary>
    public double[] MeanLogarithms(long frames)
    {
        Split();
        var result = new double[Bins];
        for (var bin = 0; bin < Bins; bin++)
        {
            var total = 0.0;
            for (var lane = 0; lane < RealFourierTransform.Lanes; lane++)
            {
                total += Math.Log(products.Span[bin][lane]) + (exponents[(bin * RealFourierTransform.Lanes) + lane] * Math.Log(2));
            }

            result[bin] = total / frames;
        }

        return result;
    }

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
        var least = Vector256.Create(LeastPower);
        Vector256<double> sum = default, logarithm = default;
        var at = 0;
        for (var edge = 1; edge < Edges.Length; edge++)
        {
            var product = Vector256<double>.One;
            var exponent = Vector256<long>.Zero;
            while (at < Edges[edge])
            {
                var end = Math.Min(at + FactorsBetweenSplits, Edges[edge]);
                for (; at < end; at++)
                {
                    var power = Vector256.MaxNative(powers[at], least);
                    sum += power;
                    product *= power;
                }

                exponent += Split(ref product);
            }

            logarithm += LogarithmOf(product, exponent);
            logarithmsAt.Span[edge] = logarithm;
            powersAt.Span[edge] = sum;
        }
    }

    private void Multiply(ReadOnlySpan<Vector256<double>> powers, Vector256<double> mask)
    {
        var least = Vector256.Create(LeastPower);
        var product = products.Span;
        for (var bin = 0; bin < product.Length; bin++)
        {
            product[bin] *= Vector256.ConditionalSelect(mask, Vector256.MaxNative(powers[bin], least), Vector256<double>.One);
        }

        if (++factors == FactorsBetweenSplits)
        {
            Split();
        }
    }

    private void Split()
    {
        factors = 0;
        var product = products.Span;
        for (var bin = 0; bin < product.Length; bin++)
        {
            var target = exponents.AsSpan(bin * RealFourierTransform.Lanes, RealFourierTransform.Lanes);
            (Vector256.Create<long>(target) + Split(ref product[bin])).CopyTo(target);
        }
    }

    // Takes the exponent out of a product of normal numbers.
    private static Vector256<long> Split(ref Vector256<double> product)
    {
        var bits = product.AsInt64();
        product = ((bits & Vector256.Create((1L << ExponentBits) - 1)) | Vector256.Create(ExponentBias << ExponentBits)).AsDouble();
        return (bits >>> ExponentBits) - Vector256.Create(ExponentBias);
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
