using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Mathematics;

/// <summary>The log-mel bands of four power spectra at once.</summary>
/// <param name="rate">The sample rate.</param>
/// <param name="settings">The trainer's settings; HiFi-GAN's where none are given.</param>
internal sealed class LogMelBank(int rate, MelSettings? settings = null)
{
    /// <summary>Samples a frame.</summary>
    public const int FrameLength = 1024;

    /// <summary>Samples from a frame to the next.</summary>
    public const int HopLength = 256;

    /// <summary>Samples at each end of a recording that mirror it.</summary>
    public const int Mirrored = (FrameLength - HopLength) / 2;

    /// <summary>Mel bands.</summary>
    public const int Bands = 80;

    private const double LeastMagnitude = 1e-5;

    private readonly IReadOnlyList<(int First, double[] Weights)> bank = BankOf(rate, settings ?? MelSettings.HifiGan);
    private readonly LaneBuffer magnitudes = new(((settings ?? MelSettings.HifiGan).FrameLength / 2) + 1);
    private readonly LaneBuffer logarithms = new((settings ?? MelSettings.HifiGan).Bands);
    private readonly double leastPower = (settings ?? MelSettings.HifiGan).LeastPower;

    /// <inheritdoc cref="MelSettings.CountOf"/>
    public static long CountOf(long samples) => MelSettings.HifiGan.CountOf(samples);

    /// <summary>The natural logarithms of the bands, a lane a frame; they hold until the next call.</summary>
    public ReadOnlySpan<Vector256<double>> Of(ReadOnlySpan<Vector256<double>> powers)
    {
        var magnitude = magnitudes.Span;
        for (var k = 0; k < powers.Length; k++)
        {
            magnitude[k] = Vector256.Sqrt(powers[k] + Vector256.Create(leastPower));
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

    private static IReadOnlyList<(int First, double[] Weights)> BankOf(int rate, MelSettings settings)
        => new SlaneyBands(rate, settings.FrameLength, settings.Bands, Math.Min(settings.Highest ?? double.PositiveInfinity, rate / 2.0)).Bands;
}
