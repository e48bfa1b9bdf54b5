using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>Where the spectrum of a recording lies, over its active frames, as librosa measures it: on magnitudes, not on power.</summary>
internal sealed record SpectralShapeMeasure : AudioMeasure<SpectralShape>
{
    private const double Share = 0.85;
    private const double HighShare = 0.99;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter((double)clip.SampleRate / FrameSeries.FrameLength);

    private sealed class Meter(double binWidth) : AudioMeter
    {
        private readonly LaneBuffer magnitudes = new(FrameSpectra.Bins);
        private long active;
        private Vector256<double> centroids;
        private Vector256<double> bandwidths;
        private Vector256<double> rolloffs;
        private Vector256<double> highRolloffs;

        public override bool NeedsSpectra => true;

        public override void Add(FrameSeries frames, SpectrumBlock spectra)
        {
            var mask = Vector256<long>.Zero;
            for (var lane = 0; lane < frames.Count; lane++)
            {
                if (frames.Levels[lane] > FrameSeries.ActiveLevel)
                {
                    mask = mask.WithElement(lane, -1L);
                    active++;
                }
            }

            if (mask != Vector256<long>.Zero)
            {
                Take(spectra.Powers, mask.AsDouble());
            }
        }

        public override object Finish(long nonFinite)
        {
            double? Mean(Vector256<double> sum) => nonFinite > 0 || active == 0 ? null : Vector256.Sum(sum) / active * binWidth;
            return new SpectralShape(Mean(centroids), Mean(bandwidths), Mean(rolloffs), Mean(highRolloffs));
        }

        // In bins: the width of one is multiplied in at the end.
        private void Take(ReadOnlySpan<Vector256<double>> powers, Vector256<double> mask)
        {
            var magnitude = magnitudes.Span;
            Vector256<double> sum = default, first = default, second = default;
            for (var k = 0; k < powers.Length; k++)
            {
                var value = Vector256.Sqrt(powers[k]);
                magnitude[k] = value;
                sum += value;
                var weighted = value * k;
                first += weighted;
                second += weighted * k;
            }

            // The one sample that a window of Hann weighs with zero may be all that an active frame has.
            mask &= Vector256.GreaterThan(sum, Vector256<double>.Zero);
            var centroid = (first / sum) & mask;
            centroids += centroid & mask;
            bandwidths += Vector256.Sqrt(Vector256.MaxNative((second / sum) - (centroid * centroid), Vector256<double>.Zero)) & mask;

            // The bins before the one at which the cumulated sum reaches its share.
            Vector256<double> low = sum * Share, high = sum * HighShare, cumulated = default;
            Vector256<long> below = default, belowHigh = default;
            foreach (ref readonly var value in magnitude)
            {
                cumulated += value;
                below -= Vector256.LessThan(cumulated, low).AsInt64();
                belowHigh -= Vector256.LessThan(cumulated, high).AsInt64();
            }

            rolloffs += Vector256.ConvertToDouble(below) & mask;
            highRolloffs += Vector256.ConvertToDouble(belowHigh) & mask;
        }
    }
}

/// <summary>Where the spectrum of a recording lies, over its active frames, in hertz; null where there are none.</summary>
/// <param name="Centroid">The mean frequency.</param>
/// <param name="Bandwidth">The standard deviation around it.</param>
/// <param name="Rolloff">The frequency below which 85 % of the magnitude lies.</param>
/// <param name="HighRolloff">The frequency below which 99 % of the magnitude lies.</param>
internal sealed record SpectralShape(double? Centroid, double? Bandwidth, double? Rolloff, double? HighRolloff);
