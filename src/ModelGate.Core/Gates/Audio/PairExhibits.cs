using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>What an output looks like beside its reference: both spectrograms on one scale, where they differ, and how far they are apart over time.</summary>
internal static class PairExhibits
{
    private const float MostDifference = 40;

    /// <summary>The pictures; those that can be drawn.</summary>
    public static IEnumerable<Exhibit> Of(RoleFile output, RoleFile reference, IMeasured measured)
    {
        var pictures = new[] { output, reference }.Select(f => (File: f, measured.Find(f, new SpectrogramMeasure())?.Picture)).ToArray();
        foreach (var exhibit in pictures.SelectMany(p => p.Picture is null ? [] : RecordingExhibits.Spectrogram(p.File, new SpectrogramPicture(p.Picture))))
        {
            yield return exhibit;
        }

        if (pictures[0].Picture is { } of && pictures[1].Picture is { } against)
        {
            yield return Difference(output, reference, of, against);
        }

        var compared = measured.Compare(output, reference, new ChannelComparisonMeasure());
        if (compared.Largest(c => c.Mel?.Levelled ?? c.Mel?.All) is { Result: { Mel: { OverTime: [_, _, ..] blocks } mel } comparison } furthest)
        {
            var seconds = Math.Min(measured.Of(output, new ClipFormMeasure()).Seconds, measured.Of(reference, new ClipFormMeasure()).Seconds);
            var width = Math.Min(seconds, comparison.ComparedSeconds ?? seconds) / blocks.Count;
            yield return new CurveExhibit(
                SafeText.Of($"Log-mel distance{furthest.Of} of {output.Path} from {reference.Path} over time"),
                SafeText.Of($"time in s"),
                SafeText.Of($"mean difference of natural logarithms, at equal levels"),
                [.. blocks.Select((b, i) => new CurvePoint((i + 0.5) * width, b))])
            {
                Description = SafeText.Of($"{mel.Levelled ?? mel.All:0.00} on average where the reference is active; a good resynthesis stays below 0.5, other words lie above 1"),
            };
        }
    }

    // Cell by cell over the seconds and hertz that both have; each is in dB below its own loudest cell, so that a level that differs as a whole does not show.
    private static HeatmapExhibit Difference(RoleFile output, RoleFile reference, Spectrogram of, Spectrogram against)
    {
        var seconds = Math.Min(of.Seconds, against.Seconds);
        var highest = Math.Min(of.HighestFrequency, against.HighestFrequency);
        var (columns, rows) = (Math.Max(of.Columns.Count, against.Columns.Count), of.Columns[0].Length);
        float Cell(Spectrogram picture, int column, int row)
        {
            var at = (int)Math.Min(picture.Columns.Count - 1, (column + 0.5) / columns * seconds / picture.Seconds * picture.Columns.Count);
            return picture.Columns[at][(int)Math.Min(rows - 1, (row + 0.5) / rows * highest / picture.HighestFrequency * rows)];
        }

        var cells = Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Select(r => Cell(of, c, r) - Cell(against, c, r)).ToArray()).ToArray();
        return new HeatmapExhibit(
            SafeText.Of($"{output.Path} less {reference.Path}"),
            new AxisExtent("time in s", 0, seconds),
            new AxisExtent("frequency in kHz", 0, highest / 1000),
            new AxisExtent("dB more in the output", -MostDifference, MostDifference),
            cells)
        {
            Description = SafeText.Of(
                $"{cells.Average(c => c.Count(v => v > 20) / (double)c.Length):0 %} of the field is more than 20 dB louder in the output, {cells.Average(c => c.Count(v => v < -20) / (double)c.Length):0 %} more than 20 dB quieter"),
        };
    }
}
