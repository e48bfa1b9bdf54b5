using ModelGate.Runs;
using ModelGate.Signals.Audio;

namespace ModelGate.Gates.Audio;

/// <summary>What a recording looks like: its spectrogram, and its flatness over time.</summary>
internal static class RecordingExhibits
{
    /// <summary>The spectrogram; nothing where the recording has none.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="measured">Its spectrogram.</param>
    public static IEnumerable<Exhibit> Spectrogram(RoleFile file, SpectrogramPicture measured)
    {
        if (measured.Picture is not { } picture)
        {
            yield break;
        }

        yield return new HeatmapExhibit(
            SafeText.Of($"Spectrogram of the {file.Role.Key()} {file.Path}"),
            new AxisExtent("time in s", 0, picture.Seconds),
            new AxisExtent("frequency in kHz", 0, picture.HighestFrequency / 1000),
            new AxisExtent("dB below the loudest", Signals.Audio.Spectrogram.Floor, 0),
            picture.Columns)
        {
            Description = SafeText.Of($"{picture.Seconds:0.0#} s at {picture.HighestFrequency * 2:0} Hz; speech shows stripes and gaps, noise an even field: {ShareAbove(picture, -40):0 %} of the field is within 40 dB of the loudest"),
        };
    }

    /// <summary>Flatness over time, with the stretches shaded that do not count; nothing where there is none.</summary>
    public static IEnumerable<Exhibit> Flatness(RoleFile file, Flatness flatness, BandFlatness band, double limit)
    {
        var blocks = flatness.OverTime;
        if (blocks.Count == 0)
        {
            yield break;
        }

        var width = flatness.Seconds / blocks.Count;
        var active = flatness.ActiveMean is { } mean ? SafeText.Of($", {mean:0.0000} on average while it is active") : SafeText.Empty;

        // The limit is one of the occupied band: beside a curve of the whole band it would mislead.
        var isWhole = band.Channels is [{ Value: { } value } only] && value.Equals(only.Whole);
        var rule = isWhole ? SafeText.Of($"the limit is {NumberText.OfLimit(limit)}") : SafeText.Of($"the limit of {NumberText.OfLimit(limit)} is for the occupied band of each channel");
        yield return new CurveExhibit(
            SafeText.Of($"Spectral flatness of {file.Path} over time, whole band"),
            SafeText.Of($"time in s"),
            SafeText.Of($"flatness"),
            [.. blocks.Select((b, i) => new CurvePoint((i + 0.5) * width, b.Mean))])
        {
            Description = SafeText.Of($"active in {flatness.ActiveFrames} of {flatness.Frames} frames{active}; {rule}"),
            Limit = isWhole ? limit : null,
            Shaded = Silent(blocks, width),
            ShadedLabel = "silent, not counted",
        };
    }

    private static List<ShadedRange> Silent(IReadOnlyList<FlatnessBlock> blocks, double width)
    {
        var ranges = new List<ShadedRange>();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].IsActive)
            {
                continue;
            }

            var start = i;
            while (i + 1 < blocks.Count && !blocks[i + 1].IsActive)
            {
                i++;
            }

            ranges.Add(new ShadedRange(start * width, (i + 1) * width));
        }

        return ranges;
    }

    private static double ShareAbove(Spectrogram picture, float level) => picture.Columns.Average(c => c.Count(v => v > level) / (double)c.Length);
}
