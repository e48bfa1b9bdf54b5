using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>Lines that stand out of the mean spectrum of a recording at multiples of a vocoder's frame rate and of 1 kHz.</summary>
/// <remarks>
/// Of the frames of <see cref="FrameSeries"/> that are active, the mean of each bin's power in dB, no power below 1e-10. A voice's harmonics wander and leave the mean smooth; what stands still stands out.
/// How far a frequency stands out is the higher of the two bins around it, less the median of the bins from 3 to 8 away on both sides.
/// </remarks>
internal sealed record TonalLinesMeasure : AudioMeasure<TonalLines>
{
    private const int Nearest = 3;
    private const int Farthest = 8;
    private const double Lowest = 100;
    private const double Highest = 8000;
    private const double Kilohertz = 1000;
    private const int FewestLines = 8;

    // Below half the rate, where filters of resamplers leave an edge.
    private const double EdgeWidth = 200;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip.SampleRate);

    private sealed class Meter(int rate) : AudioMeter
    {
        private readonly MeanSpectrum spectrum = new();
        private long active;

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
                spectrum.Add(spectra.Powers, mask.AsDouble());
            }
        }

        public override object Finish(long nonFinite)
        {
            if (nonFinite > 0 || active == 0)
            {
                return new TonalLines(null, null);
            }

            var decibels = Array.ConvertAll(spectrum.Logarithms(active), l => l * 10 / Math.Log(10));
            return new TonalLines(
                VocoderHops.Samples.Select(hop => Lines(decibels, (double)rate / hop)).Where(l => l.Length >= FewestLines).Max(l => (double?)l.Average()),
                Lines(decibels, Kilohertz).Max(l => (double?)l));
        }

        private double[] Lines(double[] decibels, double spacing)
        {
            var first = (int)Math.Floor(Lowest / spacing) + 1;
            var end = Math.Min(Highest + 1, (rate / 2.0) - EdgeWidth);
            return [.. Enumerable.Range(first, (int)Math.Max(0, Math.Ceiling(end / spacing) - first)).Select(m => Line(decibels, m * spacing)).OfType<double>()];
        }

        private double? Line(double[] decibels, double frequency)
        {
            var position = frequency * FrameSeries.FrameLength / rate;
            var bin = (int)Math.Round(position);
            if (bin <= Farthest || bin + Farthest >= decibels.Length)
            {
                return null;
            }

            const int Width = Farthest - Nearest + 1;
            var around = OrderStatistics.Quantile([.. decibels.AsSpan(bin - Farthest, Width), .. decibels.AsSpan(bin + Nearest, Width)], 0.5);
            return Math.Max(decibels[(int)Math.Floor(position)], decibels[(int)Math.Ceiling(position)]) - around;
        }
    }
}

/// <summary>How far lines stand out of the mean spectrum of a recording, in dB; null where there is no value.</summary>
/// <param name="AtFrameRate">Those at multiples of a vocoder's frame rate, on average.</param>
/// <param name="AtKilohertz">The one of the multiples of 1 kHz that stands out most.</param>
internal sealed record TonalLines(double? AtFrameRate, double? AtKilohertz);
