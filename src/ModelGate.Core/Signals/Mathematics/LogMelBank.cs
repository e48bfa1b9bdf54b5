using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Mathematics;

/// <summary>The log-mel bands that HiFi-GAN is trained on, of four power spectra at once.</summary>
/// <remarks>n_fft 1024; √(|X|² + 1e-9); 80 Slaney bands from 0 to 8 kHz, or half the rate where that is less; ln(max(., 1e-5)).</remarks>
/// <param name="rate">The sample rate.</param>
internal sealed class LogMelBank(int rate)
{
    /// <summary>Samples a frame.</summary>
    public const int FrameLength = 1024;

    /// <summary>Samples from a frame to the next.</summary>
    public const int HopLength = 256;

    /// <summary>Samples at each end of a recording that mirror it.</summary>
    public const int Mirrored = (FrameLength - HopLength) / 2;

    /// <summary>Mel bands.</summary>
    public const int Bands = 80;

    private const double HighestFrequency = 8000;
    private const double LeastPower = 1e-9;
    private const double LeastMagnitude = 1e-5;

    private readonly IReadOnlyList<(int First, double[] Weights)> bank = new SlaneyBands(rate, FrameLength, Bands, Math.Min(HighestFrequency, rate / 2.0)).Bands;
    private readonly LaneBuffer magnitudes = new((FrameLength / 2) + 1);
    private readonly LaneBuffer logarithms = new(Bands);

    /// <summary>The number of frames of so many samples; none where there are too few to mirror.</summary>
    public static long CountOf(long samples) => samples <= Mirrored ? 0 : samples / HopLength;

    /// <summary>The natural logarithms of the bands, a lane a frame; they hold until the next call.</summary>
    public ReadOnlySpan<Vector256<double>> Of(ReadOnlySpan<Vector256<double>> powers)
    {
        var magnitude = magnitudes.Span;
        for (var k = 0; k < powers.Length; k++)
        {
            magnitude[k] = Vector256.Sqrt(powers[k] + Vector256.Create(LeastPower));
        }

        var target = logarithms.Span;
        for (var band = 0; band < target.Length; band++)
        {
            var (first, weights) = bank[band];
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += magnitude[first + i] * weights[i];
            }

            sum = Vector256.MaxNative(sum, Vector256.Create(LeastMagnitude));
            target[band] = Vector256.Create(Math.Log(sum[0]), Math.Log(sum[1]), Math.Log(sum[2]), Math.Log(sum[3]));
        }

        return target;
    }
}
