namespace ModelGate.Signals.Data;

/// <summary>Whether the pitch of a data set belongs to its recordings, as a whole and segment by segment.</summary>
/// <remarks>
/// No pitch is estimated: what is asked is how periodic the sound is at the period that the file states. As with features, shuffled pairings say what chance reaches, and lags whether the pitch is late.
/// </remarks>
internal sealed record PitchAlignment
{
    /// <summary>The farthest lag that is tried, in frames of 20 ms, to both sides.</summary>
    public const int FarthestLag = 50;

    private const int Shuffles = 40;
    private const double Certain = 4;
    private const double Doubtful = 2;

    // A voice's own pitch is among the most periodic lags of nearly every frame.
    private const double OwnRank = 0.9;

    // Where the pitch of any other recording fits as well, since all have one, this is a fit that needs no comparison.
    private const double SurelyOwnRank = 0.97;
    private const double LateGain = 0.03;
    private const double FarBelowTypical = 0.12;

    // What another recording or time explains has to be near what is typical, and clearly more than its own does.
    private const double NearTypical = 0.02;
    private const double ExplainedGain = 0.04;

    private const int MostSemitones = 6;

    // At twice the true pitch the sound of a voice is not periodic; at half of it, it is as periodic as at the pitch.
    private const double OctaveGain = 0.2;
    private const double OctaveShare = 0.6;

    /// <summary>The mean rank of the stated pitch in its own sound.</summary>
    public required double Fit { get; init; }

    /// <summary>The mean of shuffled pairings.</summary>
    public required double ShuffledMean { get; init; }

    /// <summary>The largest of shuffled pairings.</summary>
    public required double ShuffledMaximum { get; init; }

    /// <summary>Whether the pitch fits its own sound beyond all chance, at some lag, or so well that chance is none.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Whether it can neither be said that they belong together nor that they do not.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>The lag that fits best, in frames; positive where pitch is late.</summary>
    public int BestLag { get; init; }

    /// <summary>The mean rank there.</summary>
    public double FitAtBestLag { get; init; }

    /// <summary>Whether that lag is more than is let pass and fits certainly better.</summary>
    public bool IsLate { get; init; }

    /// <summary>Where the pitch fits no recording of its own: the neighbour whose pitch it would be, and the rank then; null where none is.</summary>
    public (int Offset, double Fit)? Shift { get; init; }

    /// <summary>By how many semitones the pitch is above its sound; 0 where it is not, or by an octave.</summary>
    public double Semitones { get; init; }

    /// <summary>The mean rank of the pitch without these semitones.</summary>
    public double FitInTune { get; init; }

    /// <summary>Segments whose pitch is an octave above their sound (1) or below it (-1).</summary>
    public IReadOnlyList<(int Segment, int Octaves)> Octaves { get; init; } = [];

    /// <summary>Segments whose pitch is not that of their recording though that of most is.</summary>
    public IReadOnlyList<Stranger> Strangers { get; init; } = [];

    /// <summary>Judges segments, of which there are eight or more.</summary>
    /// <param name="segments">The segments, in the order of their names.</param>
    /// <param name="lag">The lag that is let pass, in frames.</param>
    /// <param name="cancellation">Stops it.</param>
    public static PitchAlignment Of(IReadOnlyList<PitchSegment> segments, int lag, CancellationToken cancellation)
    {
        double Mean(Func<int, double?> fit)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] fits = [.. Enumerable.Range(0, segments.Count).Select(fit).OfType<double>()];
            return fits.Length == 0 ? 0 : fits.Average();
        }

        double?[] OfEach(int late) => [.. segments.Select(s => s.Fit(s, late)?.Rank)];
        var own = OfEach(0);
        var fit = Mean(s => own[s]);
        double[] shuffled = [.. Pairings.Shuffled(segments.Count, Shuffles).Select(order => Mean(s => segments[s].Fit(segments[order[s]])?.Rank))];
        var mean = shuffled.Average();
        var deviation = Math.Max(Math.Sqrt(shuffled.Sum(v => (v - mean) * (v - mean)) / (Shuffles - 1)), 1e-9);
        bool IsCertain(double value) => value > shuffled.Max() && (value - mean) / deviation >= Certain;

        var lags = Enumerable.Range(-FarthestLag, (2 * FarthestLag) + 1).ToDictionary(l => l, OfEach);
        var best = lags.OrderByDescending(l => Mean(s => l.Value[s])).ThenBy(l => Math.Abs(l.Key)).First();
        var verdict = new PitchAlignment
        {
            Fit = fit,
            ShuffledMean = mean,
            ShuffledMaximum = shuffled.Max(),
            BestLag = best.Key,
            FitAtBestLag = Mean(s => best.Value[s]),
        };

        (int Segment, int Octaves)[] octaves = [.. Enumerable.Range(0, segments.Count).Select(s => (Segment: s, Octaves: OctaveOf(segments[s]))).Where(s => s.Octaves != 0)];
        if (octaves.Length > segments.Count / 2)
        {
            return verdict with { IsConnected = true, Octaves = octaves };
        }

        // Half semitones: 44.1 kHz taken for 48 is one and a half.
        var tuned = Enumerable.Range(-2 * MostSemitones, (4 * MostSemitones) + 1).ToDictionary(h => h / 2.0, h => segments.Select(s => s.Fit(s, 0, Math.Pow(2, -h / 24.0))?.Rank).ToArray());
        var inTune = tuned.OrderByDescending(t => Mean(s => t.Value[s])).ThenBy(t => Math.Abs(t.Key)).First();
        verdict = verdict with { FitInTune = Mean(s => inTune.Value[s]) };
        var isDetuned = Math.Abs(inTune.Key) >= 1 && IsOwn(verdict.FitInTune) && IsBetter(inTune.Value, own);
        bool IsOwn(double value) => value >= OwnRank && value >= fit + LateGain;

        var isLate = Math.Abs(best.Key) > lag && IsOwn(verdict.FitAtBestLag) && IsBetter(best.Value, own);
        if (!IsCertain(fit) && fit < SurelyOwnRank && !isLate && !isDetuned)
        {
            var shift = new[] { -1, 1, -2, 2 }.Select(o => (Offset: o, Fit: Mean(s => segments[s].Fit(segments[(s - o + segments.Count) % segments.Count])?.Rank))).MaxBy(o => o.Fit);
            return verdict with
            {
                IsUndecided = ((fit - mean) / deviation > Doubtful || fit >= OwnRank) && !IsCertain(shift.Fit),
                Shift = IsCertain(shift.Fit) && shift.Fit >= OwnRank ? shift : null,
            };
        }

        verdict = verdict with
        {
            IsConnected = true,
            IsLate = isLate && (!isDetuned || verdict.FitAtBestLag >= verdict.FitInTune),
            Semitones = isDetuned && (!isLate || verdict.FitAtBestLag < verdict.FitInTune) ? inTune.Key : 0,
            Octaves = octaves,
        };
        return verdict.IsLate || verdict.Semitones != 0 ? verdict : verdict with { Strangers = StrangersOf(segments, own, lags, lag, octaves.Select(o => o.Segment).ToHashSet(), cancellation) };
    }

    // Segment by segment the gain is as often large as small; its mean by its standard error says whether there is one.
    private static bool IsBetter(double?[] better, double?[] own)
    {
        double[] gains = [.. own.Zip(better).Where(p => p is { First: not null, Second: not null }).Select(p => p.Second!.Value - p.First!.Value)];
        if (gains.Length < 2)
        {
            return false;
        }

        var mean = gains.Average();
        var error = Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1) / gains.Length);
        return mean > 3 * error;
    }

    private static int OctaveOf(PitchSegment segment)
        => segment.ShareBetterAt(0.5, OctaveGain) > OctaveShare ? 1 : segment.ShareBetterAt(2, 0) > OctaveShare ? -1 : 0;

    private static List<Stranger> StrangersOf(
        IReadOnlyList<PitchSegment> segments, double?[] own, Dictionary<int, double?[]> lags, int lag, HashSet<int> octaves, CancellationToken cancellation)
    {
        var typical = Median([.. own.OfType<double>()]);
        var usual = Median([.. own.OfType<double>().Select(v => Math.Abs(v - typical))]);
        var strangers = new List<Stranger>();
        foreach (var s in Enumerable.Range(0, segments.Count).Where(s => !octaves.Contains(s) && own[s] is { } fit && fit < typical - Math.Max(ExplainedGain, 5 * usual)))
        {
            cancellation.ThrowIfCancellationRequested();
            var stranger = new Stranger(s, own[s]!.Value);
            bool Explains(double value) => value >= typical - NearTypical && value >= stranger.Own + ExplainedGain;

            var late = lags.Where(l => l.Value[s] is not null).MaxBy(l => l.Value[s]!.Value);
            var other = Enumerable.Range(0, segments.Count).Where(o => o != s).Select(o => (Segment: o, Fit: segments[s].Fit(segments[o])?.Rank ?? 0)).MaxBy(o => o.Fit);
            var isLate = Math.Abs(late.Key) > lag && Explains(late.Value[s]!.Value);
            if (isLate && late.Value[s] >= other.Fit)
            {
                strangers.Add(stranger with { Late = late.Key, Explained = late.Value[s]!.Value });
            }
            else if (Explains(other.Fit))
            {
                strangers.Add(stranger with { Other = other.Segment, Explained = other.Fit });
            }
            else if (stranger.Own < typical - FarBelowTypical)
            {
                strangers.Add(stranger);
            }
        }

        return strangers;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}
