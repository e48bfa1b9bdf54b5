using ModelGate.Runs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Gates.Baselines;

/// <summary>The way that a number has gone over the last runs: the line of Theil (1950) and Sen (1968), and the test of Mann (1945) and Kendall (1975) for whether there is one.</summary>
/// <param name="Last">The number in the last run.</param>
/// <param name="Runs">How many runs measured it.</param>
/// <param name="Begin">The line at the first of these runs, in the signal's unit.</param>
/// <param name="End">The line at the last of them.</param>
/// <param name="Chance">The chance of such a worsening, or a greater one, without a trend.</param>
/// <param name="Tolerance">How much worse the line may end than it began.</param>
internal sealed record Trend(BaselineValue Last, int Runs, double Begin, double End, double Chance, double Tolerance)
{
    /// <summary>Whether every run measured the same: such a number cannot have got worse.</summary>
    public bool IsConstant { get; private init; }

    /// <summary>The chance of the steadiest worsening that so many runs can show.</summary>
    public double SmallestChance => MannKendall.Of([.. Enumerable.Range(0, Runs).Select(i => (double)i)]).RisingChance;

    /// <summary>The fewest runs in which a trend can be seen: of five that get steadily worse, the chance is 1 in 73 by the normal approximation.</summary>
    public const int Fewest = 5;

    /// <summary>How much worse the line ends than it begins; below 0 where it gets better.</summary>
    public double Change => Last.Better == Better.Lower ? End - Begin : Begin - End;

    /// <summary>The line at its end, beside where it may end.</summary>
    public Measurement Measurement => new(Last.Signal, Last.Subject, End, Last.Unit)
    {
        Revision = Last.Revision,
        Better = Last.Better,
        Required = new Requirement(Last.Better == Better.Lower ? Relation.AtMost : Relation.AtLeast, NumberText.SixDigits(Last.Better == Better.Lower ? Begin + Tolerance : Begin - Tolerance)),
    };

    /// <summary>The trend in a sentence.</summary>
    public SafeText Sentence
    {
        get
        {
            var unit = Last.Unit.Length == 0 ? SafeText.Empty : SafeText.Of($" {Last.Unit}");
            return SafeText.Of($"{Last.Signal} of {Last.Subject} went from {NumberText.Of(Begin)} to {NumberText.Of(End)}{unit} over the last {Runs} runs; a change of {NumberText.Of(Tolerance)}{unit} is allowed");
        }
    }

    /// <summary>Fits a series.</summary>
    /// <param name="series">The number over the runs, at least <see cref="Fewest"/>.</param>
    /// <param name="options">How many runs are looked at, and the tolerance.</param>
    public static Trend Of(HistorySeries series, TrendMustNotWorsen.Options options)
    {
        // The place in the series counts, not the number of the run: models that are judged at every tenth commit have a trend too.
        double[] y = [.. series.Points.TakeLast(options.Runs).Select(p => p.Value)];
        double[] x = [.. Enumerable.Range(0, y.Length).Select(i => (double)i)];
        var slope = TheilSen.Slope(x, y);
        double[] residuals = [.. y.Select((v, i) => v - (slope * i))];
        var begin = OrderStatistics.Median(residuals);
        var test = MannKendall.Of(y, residuals);
        return new Trend(
            series.Last,
            y.Length,
            begin,
            begin + (slope * (y.Length - 1)),
            series.Last.Better == Better.Lower ? test.RisingChance : test.FallingChance,
            Math.Max(options.Absolute, options.Relative * Math.Abs(begin)))
        {
            IsConstant = Array.TrueForAll(y, v => v.Equals(y[0])),
        };
    }

    /// <summary>Whether it gets worse by more than the tolerance, and not by chance.</summary>
    /// <param name="chance">The chance that is accepted for one number.</param>
    public bool IsWorse(double chance) => Chance < chance && Change > Tolerance;
}
