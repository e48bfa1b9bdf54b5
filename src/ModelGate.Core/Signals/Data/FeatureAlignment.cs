namespace ModelGate.Signals.Data;

/// <summary>How much of the sound of recordings their features explain, beside what features of other recordings do.</summary>
/// <remarks>
/// A ridge regression from features to log-mel bands, both centred over each segment, is fitted on every second segment and tried on the others, and the other way round. R² is
/// 1 - Σ(y - ŷ)² / Σy² over both halves. Shuffled pairings, in which no recording keeps its features, are fitted and tried alike: what they reach is what chance reaches.
/// </remarks>
internal sealed class FeatureAlignment
{
    /// <summary>Pairings that are tried; the 97.5 % quantile of forty is close to their maximum.</summary>
    public const int Shuffles = 40;

    private const int MostRows = 4096;

    private readonly IReadOnlyList<FeatureSegment> segments;
    private readonly int[][] fitted;
    private readonly RidgeRegression[] regressions;
    private readonly CancellationToken cancellation;

    /// <summary>Prepares segments of one width, at least four, whose features are brought to one scale.</summary>
    public FeatureAlignment(IReadOnlyList<FeatureSegment> segments, CancellationToken cancellation)
    {
        (this.segments, this.cancellation) = (segments, cancellation);
        var scale = ScaleOf(segments);
        foreach (var segment in segments)
        {
            segment.Scale(scale);
        }

        var each = Math.Max(4, MostRows / segments.Count);
        fitted = [.. segments.Select(s => Spread(s.Rows.Length, each))];
        regressions = [.. Enumerable.Range(0, 2).Select(half => new RidgeRegression(
            [.. Half(half).SelectMany(s => fitted[s].Select(row => segments[s].Rows[row]))], cancellation))];
    }

    /// <summary>R² where each segment is paired with the sound of another, or its own.</summary>
    /// <param name="partner">The segment whose sound the features of one are held against.</param>
    /// <param name="late">How many frames late the features are taken to be.</param>
    public AlignmentFit Fit(Func<int, int> partner, int late = 0)
    {
        var squares = new double[segments.Count];
        var errors = new double[segments.Count];
        var all = new float[2][][];
        var sounds = segments.Select((s, i) => s.Sound(segments[partner(i)], late)).ToArray();
        for (var half = 0; half < 2; half++)
        {
            cancellation.ThrowIfCancellationRequested();
            var trained = Half(half).ToArray();
            var weights = all[half] = new float[LogMelMeasure.Bands][];
            for (var band = 0; band < weights.Length; band++)
            {
                weights[band] = regressions[half].Fit([.. trained.SelectMany(s => fitted[s].Select(row => sounds[s][band][row]))]);
            }

            foreach (var s in Half(1 - half))
            {
                (squares[s], errors[s]) = Errors(sounds[s], fitted[s], Predict(segments[s], weights, fitted[s]));
            }
        }

        return new AlignmentFit(1 - (errors.Sum() / squares.Sum()), squares, errors, all);
    }

    /// <summary>The sound of each segment as the features of the others predict it, band after band, centred.</summary>
    public float[][][] Predictions(AlignmentFit fit)
        => [.. segments.Select((s, i) => Predict(s, fit.Weights[1 - (i % 2)], [.. Enumerable.Range(0, s.Rows.Length)]))];

    /// <summary>R² of shuffled pairings.</summary>
    public IReadOnlyList<double> Shuffled() => [.. Pairings.Shuffled(segments.Count, Shuffles).Select(order => Fit(s => order[s]).Value)];

    /// <summary>The correlation, over time and bands, of what was predicted for a segment with a sound.</summary>
    public double Correlation(float[][][] predictions, int segment, int partner, int late = 0)
    {
        var sound = segments[segment].Sound(segments[partner], late);
        var (both, own, other) = (0.0, 0.0, 0.0);
        for (var band = 0; band < sound.Length; band++)
        {
            both += RidgeRegression.Dot(sound[band], predictions[segment][band]);
            own += RidgeRegression.Dot(sound[band], sound[band]);
            other += RidgeRegression.Dot(predictions[segment][band], predictions[segment][band]);
        }

        return own > 0 && other > 0 ? both / Math.Sqrt(own * other) : 0;
    }

    private static (double Squares, double Errors) Errors(float[][] sound, int[] rows, float[][] predicted)
    {
        var (squares, errors) = (0.0, 0.0);
        for (var band = 0; band < sound.Length; band++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var value = (double)sound[band][rows[i]];
                var error = value - predicted[band][i];
                squares += value * value;
                errors += error * error;
            }
        }

        return (squares, errors);
    }

    // The features are centred over the segment, so that the prediction is.
    private static float[][] Predict(FeatureSegment segment, float[][] weights, int[] rows)
        => [.. weights.Select(w => Array.ConvertAll(rows, row => (float)RidgeRegression.Dot(segment.Rows[row], w)))];

    private IEnumerable<int> Half(int half) => Enumerable.Range(0, segments.Count).Where(s => s % 2 == half);

    // A few of HuBERT's numbers are far larger than the others, and would take all of the ridge.
    private static float[] ScaleOf(IReadOnlyList<FeatureSegment> segments)
    {
        var squares = new double[segments[0].Rows[0].Length];
        foreach (var row in segments.SelectMany(s => s.Rows))
        {
            for (var j = 0; j < squares.Length; j++)
            {
                squares[j] += (double)row[j] * row[j];
            }
        }

        var count = segments.Sum(s => s.Rows.Length);
        return Array.ConvertAll(squares, s => s > 0 ? (float)(1 / Math.Sqrt(s / count)) : 0);
    }

    private static int[] Spread(int count, int most)
        => [.. Enumerable.Range(0, Math.Min(count, most)).Select(i => (int)((long)i * count / Math.Min(count, most)))];
}

/// <summary>What was explained under one pairing.</summary>
/// <param name="Value">R² over all segments.</param>
/// <param name="Squares">Of each segment, the sum of the squares of its sound.</param>
/// <param name="Errors">Of each segment, what is left of it.</param>
/// <param name="Weights">Of each half, the weights of each band.</param>
internal sealed record AlignmentFit(double Value, IReadOnlyList<double> Squares, IReadOnlyList<double> Errors, float[][][] Weights);
