using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>What a recording looks like: its spectrogram, and its flatness over time.</summary>
internal static class RecordingExhibits
{
    private const int MostBlocks = 500;

    /// <summary>The spectrogram; nothing where the recording has none.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="part">The part that it plays: <c>output</c> or <c>reference</c>.</param>
    public static IEnumerable<Exhibit> Spectrogram(ArtifactFile<AudioClip> file, string part, CancellationToken cancellation = default)
    {
        if (Signals.Spectrogram.Measure(file.Content, cancellation) is not { } picture)
        {
            yield break;
        }

        yield return new HeatmapExhibit(
            SafeText.Of($"Spectrogram of the {part} {file.Path}"),
            new AxisExtent("time in s", 0, picture.Seconds),
            new AxisExtent("frequency in kHz", 0, picture.HighestFrequency / 1000),
            new AxisExtent("dB below the loudest", Signals.Spectrogram.Floor, 0),
            picture.Columns)
        {
            Description = SafeText.Of($"{picture.Seconds:0.0#} s at {file.Content.SampleRate} Hz; speech shows stripes and gaps, noise an even field: {ShareAbove(picture, -40):0 %} of the field is within 40 dB of the loudest"),
        };
    }

    /// <summary>Flatness over time, with the frames shaded that do not count.</summary>
    public static CurveExhibit? Flatness(ArtifactFile<AudioClip> file, SpectralFlatnessMustStayBelow.Options options, CancellationToken cancellation = default)
    {
        var clip = file.Content;
        var threshold = Math.Pow(10, options.MinimumLevel / 20);
        var total = 1 + (clip.Frames / SpectralFlatness.HopLength);
        var blocks = new Block[(int)Math.Min(MostBlocks, total)];
        var frame = 0L;
        var flatness = SpectralFlatness.Measure(clip, options.MinimumLevel, value =>
        {
            ref var block = ref blocks[frame++ * blocks.Length / total];
            block.Sum += value.Flatness;
            block.Count++;
            block.IsActive |= value.Rms > threshold;
        }, cancellation);
        if (flatness.Frames != total)
        {
            return null;
        }

        var width = clip.Seconds / blocks.Length;
        var active = flatness.ActiveMean is { } mean ? SafeText.Of($", {mean:0.0000} on average while it is active") : SafeText.Empty;
        return new CurveExhibit(
            SafeText.Of($"Spectral flatness of {file.Path} over time"),
            SafeText.Of($"time in s"),
            SafeText.Of($"flatness"),
            [.. blocks.Select((b, i) => new CurvePoint((i + 0.5) * width, b.Sum / b.Count))])
        {
            Description = SafeText.Of($"active in {flatness.ActiveFrames} of {flatness.Frames} frames{active}; the limit is {options.Limit:0.######}"),
            Limit = options.Limit,
            Shaded = Silent(blocks, width),
            ShadedLabel = "silent, not counted",
        };
    }

    private static List<ShadedRange> Silent(Block[] blocks, double width)
    {
        var ranges = new List<ShadedRange>();
        for (var i = 0; i < blocks.Length; i++)
        {
            if (blocks[i].IsActive)
            {
                continue;
            }

            var start = i;
            while (i + 1 < blocks.Length && !blocks[i + 1].IsActive)
            {
                i++;
            }

            ranges.Add(new ShadedRange(start * width, (i + 1) * width));
        }

        return ranges;
    }

    private static double ShareAbove(Spectrogram picture, float level) => picture.Columns.Average(c => c.Count(v => v > level) / (double)c.Length);

    private record struct Block(double Sum, int Count, bool IsActive);
}
