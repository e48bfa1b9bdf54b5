using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The mean logarithm of the power of each bin over many frames. The powers are multiplied and their exponents counted, which takes one logarithm a bin in all.</summary>
internal sealed class MeanSpectrum
{
    /// <summary>The power to which a lower one is raised.</summary>
    public const double LeastPower = 1e-10;

    /// <summary>Factors after which a product is split: a mantissa below 2 times three powers of at most 1e83 can be multiplied without overflow.</summary>
    public const int FactorsBetweenSplits = 3;

    private const int Bins = FrameSpectra.Bins;
    private const int ExponentBits = 52;
    private const long ExponentBias = 1023;

    private readonly LaneBuffer products = new(Bins);
    private readonly long[] exponents = new long[Bins * RealFourierTransform.Lanes];
    private int factors;

    public MeanSpectrum() => products.Span.Fill(Vector256<double>.One);

    /// <summary>Adds the frames of which the lane of the mask is set.</summary>
    public void Add(ReadOnlySpan<Vector256<double>> powers, Vector256<double> mask)
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

    /// <summary>Adds the frames of another.</summary>
    public void Add(MeanSpectrum other)
    {
        Split();
        other.Split();
        Span<Vector256<double>> product = products.Span, otherProduct = other.products.Span;
        for (var bin = 0; bin < product.Length; bin++)
        {
            product[bin] *= otherProduct[bin];
        }

        for (var i = 0; i < exponents.Length; i++)
        {
            exponents[i] += other.exponents[i];
        }

        factors = 1;
    }

    /// <summary>Forgets all frames.</summary>
    public void Clear()
    {
        products.Span.Fill(Vector256<double>.One);
        Array.Clear(exponents);
        factors = 0;
    }

    /// <summary>The mean logarithm of each bin's power over the frames that were added.</summary>
    public double[] Logarithms(long frames)
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

    /// <summary>Takes the exponent out of a product of normal numbers.</summary>
    public static Vector256<long> Split(ref Vector256<double> product)
    {
        var bits = product.AsInt64();
        product = ((bits & Vector256.Create((1L << ExponentBits) - 1)) | Vector256.Create(ExponentBias << ExponentBits)).AsDouble();
        return (bits >>> ExponentBits) - Vector256.Create(ExponentBias);
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
}
