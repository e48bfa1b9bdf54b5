using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals;

/// <summary>The power of a recording over time and frequency, coarse enough for a picture.</summary>
/// <remarks>
/// The frames of <see cref="SpectralFlatness"/>. A cell holds the mean power of its frames and bins in decibels below the loudest
/// cell, and none under <see cref="Floor"/>: recordings of different levels look alike where their spectra are. Memory does not depend
/// on the length.
/// </remarks>
/// <param name="Seconds">The duration that the columns span.</param>
/// <param name="HighestFrequency">Half the sample rate, in hertz, that the rows span from zero.</param>
/// <param name="Columns">A column a time, from the lowest frequency up; dB, from <see cref="Floor"/> to 0.</param>
internal sealed record Spectrogram(double Seconds, double HighestFrequency, IReadOnlyList<float[]> Columns)
{
    /// <summary>The lowest value, in dB.</summary>
    public const float Floor = -80;

    private const int MostColumns = 300;
    private const int Rows = 128;

    /// <summary>Measures a recording; null where it is shorter than a frame, silent, or not finite.</summary>
    /// <exception cref="ArtifactFault">The recording ends before its last frame.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static Spectrogram? Measure(AudioClip clip, CancellationToken cancellation = default)
    {
        if (clip.Frames < SpectralFlatness.FrameLength)
        {
            return null;
        }

        var samples = new MonoSamples(clip);
        var frames = new FrameSeries(samples, clip.Frames);
        var spectra = new FrameSpectra();
        var total = 1 + (clip.Frames / SpectralFlatness.HopLength);
        var columns = (int)Math.Min(MostColumns, total);
        var power = new double[columns][];
        var counts = new int[columns];
        for (var frame = 0L; frames.MoveNext();)
        {
            cancellation.ThrowIfCancellationRequested();
            var spectrum = spectra.Power(frames);
            for (var lane = 0; lane < frames.Count; lane++, frame++)
            {
                var column = (int)(frame * columns / total);
                var cells = power[column] ??= new double[Rows];
                counts[column]++;
                for (var bin = 0; bin < FrameSpectra.Bins; bin++)
                {
                    cells[bin * Rows / FrameSpectra.Bins] += spectrum[bin][lane];
                }
            }
        }

        return samples.NonFinite > 0 ? null : Decibels(clip, power, counts);
    }

    private static Spectrogram? Decibels(AudioClip clip, double[][] power, int[] counts)
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

        var columns = power.Select(cells => Array.ConvertAll(cells, p => Math.Max(Floor, (float)(10 * Math.Log10(p / loudest))))).ToArray();
        return new Spectrogram(clip.Seconds, clip.SampleRate / 2.0, columns);
    }
}
