using System.Numerics.Tensors;

namespace ModelGate.Signals.Mathematics;

/// <summary>Takes samples from one rate to another by a band-limited interpolation: a sinc under a Kaiser window, in double precision.</summary>
/// <remarks>
/// The pass band ends at 0.913 of half the lower rate and the stop band begins there, as in the soxr library's "very high quality"; what lies in the stop band is
/// 140 dB down (Kaiser 1974; Smith, Digital Audio Resampling). The delay is zero: sample n of the result lies at the time n/to. Rates whose ratio is one of small
/// numbers have a filter for each phase; for others, two of 1,024 filters are interpolated, which adds an error of -116 dB.
/// </remarks>
internal sealed class Resampler
{
    private const double PassBandEnd = 0.913;
    private const double Rejection = 140;
    private const int MostPhases = 1024;

    // 64 MiB of filters.
    private const long MostFilterSamples = 1 << 23;

    private readonly long from;
    private readonly long to;
    private readonly int phases;
    private readonly int reach;
    private readonly double cutoff;
    private readonly double scale;
    private readonly double beta;
    private readonly double besselOfBeta;
    private readonly double[]?[] filters;

    /// <summary>Creates a resampler between two rates.</summary>
    /// <param name="from">The samples a second that there are.</param>
    /// <param name="to">The samples a second that there shall be.</param>
    public Resampler(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        var divisor = Divisor(from, to);
        (this.from, this.to) = (from / divisor, to / divisor);
        // Widths are those of the lower rate; the filter runs over samples of the old one.
        scale = Math.Max(1, (double)from / to);
        cutoff = (1 + PassBandEnd) / 2;
        beta = 0.1102 * (Rejection - 8.7);
        reach = (int)Math.Ceiling((Rejection - 8) / (2.285 * Math.PI * (1 - PassBandEnd)) / 2 * scale);
        phases = (int)Math.Min(this.to, Math.Clamp(MostFilterSamples / ((2L * reach) + 1), 1, MostPhases));
        filters = new double[]?[phases + 1];
        besselOfBeta = Bessel(beta);
    }

    /// <summary>The number of samples that so many become.</summary>
    public long CountOf(long samples) => ((samples * to) + (from / 2)) / from;

    /// <summary>Resamples; before the first sample and after the last there are zeros.</summary>
    public float[] Resample(ReadOnlySpan<float> samples, CancellationToken cancellation)
    {
        // What a filter reaches over lies in one block of doubles, so that the product is one loop.
        var padded = new double[samples.Length + (2 * reach) + 2];
        TensorPrimitives.ConvertTruncating(samples, padded.AsSpan(reach, samples.Length));
        var result = new float[CountOf(samples.Length)];
        for (var n = 0L; n < result.Length; n++)
        {
            if ((n & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var at = n * from;
            var whole = (int)(at / to);
            if (whole >= samples.Length)
            {
                break;
            }

            var position = (double)(at % to) * phases / to;
            var phase = (int)position;
            var block = padded.AsSpan(whole, (2 * reach) + 1);
            var value = TensorPrimitives.Dot(block, FilterOf(phase));
            if (position > phase)
            {
                value += (position - phase) * (TensorPrimitives.Dot(block, FilterOf(phase + 1)) - value);
            }

            result[n] = (float)value;
        }

        return result;
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);

    private ReadOnlySpan<double> FilterOf(int phase) => filters[phase] ??= Filter((double)phase / phases);

    // Element i weighs the sample that lies i - reach samples after the one before the wanted time.
    private double[] Filter(double offset)
    {
        var filter = new double[(2 * reach) + 1];
        for (var i = 0; i < filter.Length; i++)
        {
            var x = i - reach - offset;
            var edge = x / (reach + 1);
            filter[i] = Math.Abs(edge) >= 1 ? 0 : cutoff / scale * Sinc(cutoff * x / scale) * Bessel(beta * Math.Sqrt(1 - (edge * edge))) / besselOfBeta;
        }

        // A constant stays the same constant at every phase.
        var sum = TensorPrimitives.Sum<double>(filter);
        TensorPrimitives.Divide(filter, sum, filter);
        return filter;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    // The modified Bessel function of the first kind and order zero, by its series.
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > 1e-17 * sum; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
