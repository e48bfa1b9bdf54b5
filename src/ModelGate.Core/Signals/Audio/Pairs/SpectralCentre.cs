using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The spectral centroid of samples in memory.</summary>
internal static class SpectralCentre
{
    /// <summary>The mean over the active frames, 2048 samples every 512 with zeros at both ends, of Σ f|X| / Σ |X|, in hertz; null without an active frame.</summary>
    public static double? Of(MonoRecording recording, CancellationToken cancellation)
    {
        // The zeros at the ends are samples here, since the frames of a spectrum mirror what is there.
        const int Pad = FrameSeries.FrameLength / 2;
        var samples = new float[recording.Samples.Length + (2 * FrameSeries.FrameLength)];
        recording.Samples.CopyTo(samples, Pad);
        var levels = FrameRms.Of(recording.Samples);
        var spectra = new FramePowers(FrameSeries.FrameLength, FrameSeries.HopLength, FrameSeries.FrameLength);
        var (sum, active) = (0.0, 0);
        for (var frame = 0; frame < levels.Length; frame += RealFourierTransform.Lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            var powers = spectra.Of(samples, 0, 1, frame);
            for (var lane = 0; lane < Math.Min(RealFourierTransform.Lanes, levels.Length - frame); lane++)
            {
                if (levels[frame + lane] <= FrameRms.Active)
                {
                    continue;
                }

                var (moment, total) = (0.0, 0.0);
                for (var k = 0; k < powers.Length; k++)
                {
                    var amplitude = Math.Sqrt(powers[k][lane]);
                    (moment, total) = (moment + (k * amplitude), total + amplitude);
                }

                if (total > 0)
                {
                    (sum, active) = (sum + (moment / total), active + 1);
                }
            }
        }

        return active > 0 ? sum / active * recording.SampleRate / FrameSeries.FrameLength : null;
    }
}
