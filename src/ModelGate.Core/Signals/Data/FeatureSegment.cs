namespace ModelGate.Signals.Data;

/// <summary>The features of one recording beside the sound of one, which should be the same.</summary>
internal sealed class FeatureSegment
{
    /// <summary>Fewest frames that say anything.</summary>
    public const int FewestFrames = 24;

    private readonly LogMelFrames sound;
    private readonly int[] frames;

    private FeatureSegment(string name, float[][] rows, int[] frames, LogMelFrames sound)
        => (Name, Rows, this.frames, this.sound) = (name, rows, frames, sound);

    /// <summary>The stem of its files.</summary>
    public string Name { get; }

    /// <summary>The features that were kept, frame after frame, centred over the segment.</summary>
    public float[][] Rows { get; }

    /// <summary>A segment; null where the features or the sound are too short, constant or not finite.</summary>
    public static FeatureSegment? Of(string name, FeatureFrames features, LogMelFrames sound)
    {
        var count = features.KeptRows.Count;
        if (count < FewestFrames || sound.Frames < FewestFrames || features.Kept.Count == 0 || features.IsConstant)
        {
            return null;
        }

        // Features at twice or four times the usual rate still have a frame for each of the sound.
        var rate = Math.Max(1, (int)Math.Round(features.Rows / (sound.Seconds * LogMelMeasure.FramesPerSecond)));
        var width = (int)features.Width;
        var rows = new float[count][];
        var mean = new double[width];
        for (var i = 0; i < count; i++)
        {
            rows[i] = new float[width];
            for (var j = 0; j < width; j++)
            {
                rows[i][j] = (float)features.Kept[(i * width) + j];
                mean[j] += (double)rows[i][j] / count;
            }
        }

        foreach (var row in rows)
        {
            for (var j = 0; j < width; j++)
            {
                row[j] -= (float)mean[j];
            }
        }

        var segment = new FeatureSegment(name, rows, [.. features.KeptRows.Select(r => r / rate)], sound);
        return segment.Sound(segment, 0).Any(band => RidgeRegression.Dot(band, band) > 0) ? segment : null;
    }

    /// <summary>Multiplies each of the features' numbers by a factor of its own, in place.</summary>
    public void Scale(float[] factors)
    {
        foreach (var row in Rows)
        {
            for (var j = 0; j < row.Length; j++)
            {
                row[j] *= factors[j];
            }
        }
    }

    /// <summary>The bands of a sound at the frames of the features, band after band, each centred.</summary>
    /// <param name="other">The segment whose sound it is. One that is shorter is heard again from its beginning.</param>
    /// <param name="late">How many frames earlier the sound is taken: features that are late by as many fit it.</param>
    public float[][] Sound(FeatureSegment other, int late)
    {
        var bands = new float[LogMelMeasure.Bands][];
        var total = other.sound.Frames;
        for (var band = 0; band < bands.Length; band++)
        {
            var values = bands[band] = new float[frames.Length];
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                var frame = ReferenceEquals(other, this) ? Math.Clamp(frames[i] - late, 0, total - 1) : frames[i] % total;
                sum += values[i] = other.sound.Values[(frame * LogMelMeasure.Bands) + band];
            }

            for (var i = 0; i < values.Length; i++)
            {
                values[i] -= (float)(sum / values.Length);
            }
        }

        return bands;
    }
}
