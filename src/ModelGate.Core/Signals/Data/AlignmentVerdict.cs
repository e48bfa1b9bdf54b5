namespace ModelGate.Signals.Data;

/// <summary>Whether features belong to their sound, as a whole and segment by segment.</summary>
internal sealed record AlignmentVerdict
{
    /// <summary>The farthest lag, in frames, that is tried where features fit their recordings at all.</summary>
    public const int FarthestLag = 12;

    /// <summary>The lag that is let pass: a frame of features is computed from sound around it.</summary>
    public const int DefaultLag = 2;

    // Where nothing fits, features may be a second late.
    private const int FarthestLagOfAll = 50;

    private const double Certain = 4;
    private const double Doubtful = 2;
    private const double TypicalForSegments = 3.5;
    // A segment of the right features is hardly ever this far below the typical one.
    private const double FarBelowTypical = 3;
    private const double ShareOfTypical = 0.75;
    private const double LateGain = 0.4;

    /// <summary>R² of features and their own sound.</summary>
    public required double Fit { get; init; }

    /// <summary>Mean R² of shuffled pairings.</summary>
    public required double ShuffledMean { get; init; }

    /// <summary>Largest R² of shuffled pairings.</summary>
    public required double ShuffledMaximum { get; init; }

    /// <summary>Whether own sound is explained beyond all chance, at some lag.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Whether it can neither be said that they belong together nor that they do not.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>The lag that fits best, in frames; positive where features are late; null where none fits.</summary>
    public int? BestLag { get; init; }

    /// <summary>R² there.</summary>
    public double FitAtBestLag { get; init; }

    /// <summary>Whether that lag is more than is let pass and fits certainly better.</summary>
    public bool IsLate { get; init; }

    /// <summary>Where features fit no recording of theirs: the neighbour whose features they would be, and R² then; null where none is.</summary>
    public (int Offset, double Fit)? Shift { get; init; }

    /// <summary>The correlation of predicted and real sound that the middle segment has.</summary>
    public double TypicalCorrelation { get; init; }

    /// <summary>Whether features explain so much that segments can be told apart one by one.</summary>
    public bool TellsSegments { get; init; }

    /// <summary>Segments whose features are not those of their recordings though those of most are.</summary>
    public IReadOnlyList<Stranger> Strangers { get; init; } = [];

    /// <summary>Judges segments, of which there are eight or more.</summary>
    public static AlignmentVerdict Of(IReadOnlyList<FeatureSegment> segments, int lag, CancellationToken cancellation)
    {
        var alignment = new FeatureAlignment(segments, cancellation);
        var own = alignment.Fit(s => s);
        var shuffled = alignment.Shuffled();
        var mean = shuffled.Average();
        var deviation = Math.Sqrt(shuffled.Sum(v => (v - mean) * (v - mean)) / (shuffled.Count - 1));
        double Score(double fit) => fit > shuffled.Max() ? (fit - mean) / Math.Max(deviation, 1e-9) : Math.Min(0, fit - mean);

        var verdict = new AlignmentVerdict { Fit = own.Value, ShuffledMean = mean, ShuffledMaximum = shuffled.Max() };
        var lags = Enumerable.Range(-FarthestLag, (2 * FarthestLag) + 1).ToList();
        if (Score(own.Value) < Certain)
        {
            lags = [.. Enumerable.Range(-FarthestLagOfAll, (2 * FarthestLagOfAll) + 1)];
        }

        var fits = lags.ToDictionary(l => l, l => l == 0 ? own : alignment.Fit(s => s, l));
        var best = fits.OrderByDescending(f => f.Value.Value).ThenBy(f => Math.Abs(f.Key)).First();
        if (Score(best.Value.Value) < Certain + (best.Key == 0 ? 0 : 1))
        {
            var shift = new[] { -1, 1, -2, 2 }.Select(o => (Offset: o, alignment.Fit(s => (s - o + segments.Count) % segments.Count).Value)).MaxBy(o => o.Value);
            return verdict with
            {
                IsUndecided = (own.Value - mean) / Math.Max(deviation, 1e-9) > Doubtful && Score(shift.Value) < Certain,
                Shift = Score(shift.Value) >= Certain + 1 ? shift : null,
            };
        }

        verdict = verdict with
        {
            IsConnected = true,
            BestLag = best.Key,
            FitAtBestLag = best.Value.Value,
            IsLate = Math.Abs(best.Key) > lag && IsBetter(best.Value, own),
        };
        return verdict.IsLate ? verdict : OfSegments(verdict, alignment, own, segments.Count, lag);
    }

    // Segment by segment the gain is as often large as small; its mean by its standard error says whether there is one.
    private static bool IsBetter(AlignmentFit better, AlignmentFit own)
    {
        double[] gains = [.. Enumerable.Range(0, own.Errors.Count).Where(s => own.Squares[s] > 0).Select(s => (own.Errors[s] - better.Errors[s]) / own.Squares[s])];
        var mean = gains.Average();
        var error = Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1) / gains.Length);
        return mean > 3 * error;
    }

    private static AlignmentVerdict OfSegments(AlignmentVerdict verdict, FeatureAlignment alignment, AlignmentFit own, int count, int lag)
    {
        var predictions = alignment.Predictions(own);
        var with = new double[count, count];
        for (var s = 0; s < count; s++)
        {
            for (var other = 0; other < count; other++)
            {
                with[s, other] = alignment.Correlation(predictions, s, other);
            }
        }

        var scores = Enumerable.Range(0, count).Select(s => ScoreOf(with, s, count)).ToArray();
        var typical = Median(scores);
        var correlation = Median([.. Enumerable.Range(0, count).Select(s => with[s, s])]);
        verdict = verdict with { TypicalCorrelation = correlation };
        if (typical < TypicalForSegments)
        {
            return verdict;
        }

        var strangers = new List<Stranger>();
        for (var s = 0; s < count; s++)
        {
            var late = Enumerable.Range(-FarthestLag, (2 * FarthestLag) + 1).Select(l => (Lag: l, Value: alignment.Correlation(predictions, s, s, l))).MaxBy(l => l.Value);
            var other = Enumerable.Range(0, count).Where(o => o != s).MaxBy(o => with[s, o]);
            if (Math.Abs(late.Lag) > lag && late.Value > ShareOfTypical * correlation && late.Value - with[s, s] > LateGain * correlation)
            {
                strangers.Add(new Stranger(s, with[s, s]) { Late = late.Lag, Explained = late.Value });
            }
            else if (scores[s] < Math.Min(Doubtful, typical - FarBelowTypical))
            {
                var isOther = with[s, other] > ShareOfTypical * correlation;
                strangers.Add(new Stranger(s, with[s, s]) { Other = isOther ? other : null, Explained = isOther ? with[s, other] : 0 });
            }
        }

        return verdict with { Strangers = strangers, TellsSegments = true };
    }

    private static double ScoreOf(double[,] with, int segment, int count)
    {
        double[] others = [.. Enumerable.Range(0, count).Where(o => o != segment).Select(o => with[segment, o])];
        var mean = others.Average();
        var deviation = Math.Sqrt(others.Sum(v => (v - mean) * (v - mean)) / (others.Length - 1));
        return (with[segment, segment] - mean) / Math.Max(deviation, 1e-9);
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>A segment whose features are not those of its recording.</summary>
/// <param name="Segment">Its index.</param>
/// <param name="Own">The correlation of the sound that its features predict with its own.</param>
internal sealed record Stranger(int Segment, double Own)
{
    /// <summary>How many frames late its features are; 0 where that is not what is wrong.</summary>
    public int Late { get; init; }

    /// <summary>The segment whose features they are; null where it is not found.</summary>
    public int? Other { get; init; }

    /// <summary>The correlation under that explanation.</summary>
    public double Explained { get; init; }

    /// <summary>Whether it is known what is wrong.</summary>
    public bool IsExplained => Late != 0 || Other is not null;
}
