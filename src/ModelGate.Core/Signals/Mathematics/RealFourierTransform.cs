using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Mathematics;

/// <summary>
/// The discrete Fourier transform of real frames, X[k] = Σ x[i]·exp(-2πi·k·i/n), in double precision and four frames at a time: a
/// lane of every vector is a frame. Not for two threads at once.
/// </summary>
/// <remarks>
/// The n real samples are taken for n/2 complex ones (Sorensen et al. 1987), transformed in place by decimation in time with radix 4
/// (Cooley and Tukey 1965), and taken apart. No fused multiplication: the same bits on every processor.
/// </remarks>
internal sealed class RealFourierTransform
{
    /// <summary>Frames that are transformed at once.</summary>
    public const int Lanes = 4;

    private readonly int half;
    private readonly int[] reversed;
    private readonly (double Cos, double Sin)[] turns;
    private readonly (double Cos, double Sin)[][] stages;
    private readonly LaneBuffer realParts;
    private readonly LaneBuffer imaginaryParts;

    /// <summary>Creates a transform of one length.</summary>
    /// <param name="length">Samples a frame: a power of two, 4 or more.</param>
    public RealFourierTransform(int length)
    {
        if (length < 4 || !int.IsPow2(length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "a power of two, 4 or more");
        }

        Length = length;
        half = length / 2;
        realParts = new LaneBuffer(half);
        imaginaryParts = new LaneBuffer(half);
        reversed = new int[half];
        for (var i = 1; i < half; i++)
        {
            reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) != 0 ? half >> 1 : 0);
        }

        turns = new (double, double)[(half / 2) + 1];
        for (var k = 0; k < turns.Length; k++)
        {
            turns[k] = Turn(k, length);
        }

        var tables = new List<(double, double)[]>();
        for (var quarter = Loaded; quarter < half; quarter *= 4)
        {
            var table = new (double, double)[quarter * 3];
            for (var k = 0; k < quarter; k++)
            {
                table[3 * k] = Turn(k, 4 * quarter);
                table[(3 * k) + 1] = Turn(2 * k, 4 * quarter);
                table[(3 * k) + 2] = Turn(3 * k, 4 * quarter);
            }

            tables.Add(table);
        }

        stages = [.. tables];
    }

    /// <summary>Samples a frame.</summary>
    public int Length { get; }

    /// <summary>Frequencies from zero to half the sample rate, both included: n/2 + 1.</summary>
    public int Bins => half + 1;

    // The length of the transforms that loading has done. Fours cannot make up an odd number of doublings.
    private int Loaded => (int.Log2(half) & 1) != 0 ? 2 : 4;

    /// <summary>Transforms four frames.</summary>
    /// <param name="frames">Element i holds sample i of each frame; <see cref="Length"/> elements.</param>
    /// <param name="real">Takes the real parts, <see cref="Bins"/> elements.</param>
    /// <param name="imaginary">Takes the imaginary parts, <see cref="Bins"/> elements.</param>
    public void Transform(ReadOnlySpan<Vector256<double>> frames, Span<Vector256<double>> real, Span<Vector256<double>> imaginary)
    {
        Span<Vector256<double>> re = realParts.Span, im = imaginaryParts.Span;
        TransformHalf(frames, re, im);
        for (var k = 0; k <= half / 2; k++)
        {
            Separate(re, im, k, out real[k], out imaginary[k], out real[half - k], out imaginary[half - k]);
        }
    }

    /// <summary>Computes |X|² of four frames.</summary>
    /// <param name="frames">Element i holds sample i of each frame; <see cref="Length"/> elements.</param>
    /// <param name="powers">Takes the powers, <see cref="Bins"/> elements.</param>
    public void Power(ReadOnlySpan<Vector256<double>> frames, Span<Vector256<double>> powers)
    {
        Span<Vector256<double>> re = realParts.Span, im = imaginaryParts.Span;
        TransformHalf(frames, re, im);
        for (var k = 0; k <= half / 2; k++)
        {
            Separate(re, im, k, out var lowRe, out var lowIm, out var highRe, out var highIm);
            powers[k] = (lowRe * lowRe) + (lowIm * lowIm);
            powers[half - k] = (highRe * highRe) + (highIm * highIm);
        }
    }

    private static (double Cos, double Sin) Turn(int k, int n) => (Math.Cos(2 * Math.PI * k / n), -Math.Sin(2 * Math.PI * k / n));

    // Z = E + iO holds the spectra of the even and of the odd samples: X[k] = E[k] + W^k·O[k], X[half - k] = conj(E[k] - W^k·O[k]).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Separate(
        ReadOnlySpan<Vector256<double>> re,
        ReadOnlySpan<Vector256<double>> im,
        int k,
        out Vector256<double> lowRe,
        out Vector256<double> lowIm,
        out Vector256<double> highRe,
        out Vector256<double> highIm)
    {
        var mirror = (half - k) & (half - 1);
        Vector256<double> aRe = re[k], aIm = im[k], bRe = re[mirror], bIm = im[mirror];
        var (cos, sin) = turns[k];
        var evenRe = (aRe + bRe) * 0.5;
        var evenIm = (aIm - bIm) * 0.5;
        var oddRe = (aIm + bIm) * 0.5;
        var oddIm = (bRe - aRe) * 0.5;
        var turnedRe = (oddRe * cos) - (oddIm * sin);
        var turnedIm = (oddRe * sin) + (oddIm * cos);
        lowRe = evenRe + turnedRe;
        lowIm = evenIm + turnedIm;
        highRe = evenRe - turnedRe;
        highIm = turnedIm - evenIm;
    }

    private void TransformHalf(ReadOnlySpan<Vector256<double>> frames, Span<Vector256<double>> re, Span<Vector256<double>> im)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frames.Length, Length);
        if (Loaded == 2)
        {
            LoadPairs(frames, re, im);
        }
        else
        {
            LoadFours(frames, re, im);
        }

        foreach (var stage in stages)
        {
            var quarter = stage.Length / 3;
            for (var start = 0; start < half; start += 4 * quarter)
            {
                Combine(re.Slice(start, 4 * quarter), im.Slice(start, 4 * quarter), stage);
            }
        }
    }

    // The first stage turns nothing, so it is done while the samples are put into the order of bit reversal.
    private void LoadPairs(ReadOnlySpan<Vector256<double>> frames, Span<Vector256<double>> re, Span<Vector256<double>> im)
    {
        for (var i = 0; i < half; i += 2)
        {
            int a = 2 * reversed[i], b = 2 * reversed[i + 1];
            re[i] = frames[a] + frames[b];
            im[i] = frames[a + 1] + frames[b + 1];
            re[i + 1] = frames[a] - frames[b];
            im[i + 1] = frames[a + 1] - frames[b + 1];
        }
    }

    private void LoadFours(ReadOnlySpan<Vector256<double>> frames, Span<Vector256<double>> re, Span<Vector256<double>> im)
    {
        for (var i = 0; i < half; i += 4)
        {
            int a = 2 * reversed[i], b = 2 * reversed[i + 1], c = 2 * reversed[i + 2], d = 2 * reversed[i + 3];
            Vector256<double> sumRe = frames[a] + frames[b], sumIm = frames[a + 1] + frames[b + 1];
            Vector256<double> differenceRe = frames[a] - frames[b], differenceIm = frames[a + 1] - frames[b + 1];
            Vector256<double> oddSumRe = frames[c] + frames[d], oddSumIm = frames[c + 1] + frames[d + 1];
            Vector256<double> oddDifferenceRe = frames[c] - frames[d], oddDifferenceIm = frames[c + 1] - frames[d + 1];
            re[i] = sumRe + oddSumRe;
            im[i] = sumIm + oddSumIm;
            re[i + 1] = differenceRe + oddDifferenceIm;
            im[i + 1] = differenceIm - oddDifferenceRe;
            re[i + 2] = sumRe - oddSumRe;
            im[i + 2] = sumIm - oddSumIm;
            re[i + 3] = differenceRe - oddDifferenceIm;
            im[i + 3] = differenceIm + oddDifferenceRe;
        }
    }

    // Four neighbouring transforms of a quarter's length become one. Bit reversal has put them in the order 0, 2, 1, 3.
    private static void Combine(Span<Vector256<double>> re, Span<Vector256<double>> im, ReadOnlySpan<(double Cos, double Sin)> table)
    {
        var quarter = re.Length / 4;
        Span<Vector256<double>> re0 = re[..quarter], re1 = re.Slice(quarter, quarter), re2 = re.Slice(2 * quarter, quarter), re3 = re[(3 * quarter)..];
        Span<Vector256<double>> im0 = im[..quarter], im1 = im.Slice(quarter, quarter), im2 = im.Slice(2 * quarter, quarter), im3 = im[(3 * quarter)..];
        for (var k = 0; k < re0.Length; k++)
        {
            var (cos1, sin1) = table[3 * k];
            var (cos2, sin2) = table[(3 * k) + 1];
            var (cos3, sin3) = table[(3 * k) + 2];
            var bRe = (re1[k] * cos2) - (im1[k] * sin2);
            var bIm = (re1[k] * sin2) + (im1[k] * cos2);
            var cRe = (re2[k] * cos1) - (im2[k] * sin1);
            var cIm = (re2[k] * sin1) + (im2[k] * cos1);
            var dRe = (re3[k] * cos3) - (im3[k] * sin3);
            var dIm = (re3[k] * sin3) + (im3[k] * cos3);
            Vector256<double> sumRe = re0[k] + bRe, sumIm = im0[k] + bIm, differenceRe = re0[k] - bRe, differenceIm = im0[k] - bIm;
            Vector256<double> oddSumRe = cRe + dRe, oddSumIm = cIm + dIm, oddDifferenceRe = cRe - dRe, oddDifferenceIm = cIm - dIm;
            re0[k] = sumRe + oddSumRe;
            im0[k] = sumIm + oddSumIm;
            re1[k] = differenceRe + oddDifferenceIm;
            im1[k] = differenceIm - oddDifferenceRe;
            re2[k] = sumRe - oddSumRe;
            im2[k] = sumIm - oddSumIm;
            re3[k] = differenceRe - oddDifferenceIm;
            im3[k] = differenceIm + oddDifferenceRe;
        }
    }
}
