using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>The spectrogram of a recording, for a picture.</summary>
internal sealed record SpectrogramMeasure : AudioMeasure<SpectrogramPicture>
{
    private const int MostColumns = 300;
    private const int Rows = 128;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly long total;
        private readonly double[][] power;
        private readonly int[] counts;
        private long frame;

        public Meter(AudioClip clip)
        {
            this.clip = clip;
            total = FrameSeries.CountOf(clip.Frames);
            power = new double[(int)Math.Min(MostColumns, total)][];
            counts = new int[power.Length];
        }

        public override bool NeedsSpectra => true;

        public override void Add(FrameSeries frames, SpectrumBlock spectra)
        {
            for (var lane = 0; lane < frames.Count; lane++, frame++)
            {
                var column = (int)(frame * power.Length / total);
                var cells = power[column] ??= new double[Rows];
                counts[column]++;
                for (var bin = 0; bin < FrameSpectra.Bins; bin++)
                {
                    cells[bin * Rows / FrameSpectra.Bins] += spectra.Powers[bin][lane];
                }
            }
        }

        public override object Finish(long nonFinite) => new SpectrogramPicture(nonFinite > 0 || frame == 0 ? null : Decibels());

        private Spectrogram? Decibels()
        {
            // A row takes eight bins or nine.
            var bins = new int[Rows];
            for (var bin = 0; bin < FrameSpectra.Bins; bin++)
            {
                bins[bin * Rows / FrameSpectra.Bins]++;
            }

            var loudest = 0.0;
            for (var column = 0; column < power.Length; column++)
            {
                for (var row = 0; row < Rows; row++)
                {
                    power[column][row] /= (double)counts[column] * bins[row];
                    loudest = Math.Max(loudest, power[column][row]);
                }
            }

            if (loudest == 0 || !double.IsFinite(loudest))
            {
                return null;
            }

            var columns = power.Select(cells => Array.ConvertAll(cells, p => Math.Max(Spectrogram.Floor, (float)(10 * Math.Log10(p / loudest))))).ToArray();
            return new Spectrogram(clip.Seconds, clip.SampleRate / 2.0, columns);
        }
    }
}

/// <summary>A spectrogram, or none.</summary>
/// <param name="Picture">Null where the recording is shorter than a frame, silent, or not finite.</param>
internal sealed record SpectrogramPicture(Spectrogram? Picture);
