using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The distance of two recordings in three short-time spectra of different resolution (Yamamoto et al. 2020, Parallel WaveGAN).</summary>
/// <param name="Convergence">‖R - O‖ / ‖R‖ (Frobenius) of the magnitudes, the mean of the three.</param>
/// <param name="LogMagnitude">The mean |ln R - ln O|, the mean of the three.</param>
internal readonly record struct StftDistance(double Convergence, double LogMagnitude)
{
    private static readonly (int Length, int Hop, int Window)[] Resolutions = [(1024, 120, 600), (2048, 240, 1200), (512, 50, 240)];

    /// <summary>Compares two recordings of one rate up to the end of the shorter; null where it is shorter than half a frame.</summary>
    public static StftDistance? Of(MonoRecording output, MonoRecording reference, CancellationToken cancellation)
    {
        var samples = Math.Min(output.Samples.Length, reference.Samples.Length);
        if (samples <= Resolutions.Max(r => r.Length) / 2)
        {
            return null;
        }

        var (convergence, logMagnitude) = (0.0, 0.0);
        foreach (var (length, hop, window) in Resolutions)
        {
            var (a, b) = (new FramePowers(length, hop, window), new FramePowers(length, hop, window));
            var frames = 1 + (samples / hop);
            var (difference, total, logs) = (0.0, 0.0, 0.0);
            for (var frame = 0; frame < frames; frame += RealFourierTransform.Lanes)
            {
                cancellation.ThrowIfCancellationRequested();
                var of = a.Of(output.Samples.AsSpan(0, samples), length / 2, 1, frame);
                var against = b.Of(reference.Samples.AsSpan(0, samples), length / 2, 1, frame);
                var count = Math.Min(RealFourierTransform.Lanes, frames - frame);
                for (var k = 0; k < of.Length; k++)
                {
                    for (var lane = 0; lane < count; lane++)
                    {
                        var (o, r) = (Math.Max(of[k][lane], 1e-7), Math.Max(against[k][lane], 1e-7));
                        var apart = Math.Sqrt(r) - Math.Sqrt(o);
                        difference += apart * apart;
                        total += r;
                        logs += Math.Abs(Math.Log(r / o));
                    }
                }
            }

            convergence += Math.Sqrt(difference / total) / Resolutions.Length;
            logMagnitude += logs / 2 / ((double)frames * ((length / 2) + 1)) / Resolutions.Length;
        }

        return new StftDistance(convergence, logMagnitude);
    }
}
