using ModelGate.Artifacts;

namespace ModelGate.Benchmarks.Curves;

/// <summary>A curve whose class is known because it was made so.</summary>
/// <param name="Class">What it is: good, stagnant, oscillating, diverging, not finite, saturated, too few points.</param>
/// <param name="Series">The points.</param>
/// <param name="Ceiling">The level that a good run stays under.</param>
/// <param name="Noise">The kind of its noise.</param>
internal sealed record SeededCurve(string Class, ScalarSeries Series, double Ceiling, string Noise);

/// <summary>Makes curves of a class from a seed: the same seed gives the same curve on every machine.</summary>
/// <remarks>
/// 12 to 500 points, noise of 2 to 8 % of the first level: normal, heavy-tailed (Student's t with three degrees of freedom, scaled to the same deviation), or a first-order
/// autoregression of 0.6. Lengths are log-uniform, so that short runs, which are the hard ones, are half of them.
/// </remarks>
internal static class SeededCurves
{
    /// <summary>The value at which a saturated curve is cut off.</summary>
    public const double Clamp = 75;

    private const double Ceiling = 27;
    private const double LeastNoise = 0.02;
    private const double MostNoise = 0.08;
    private const double FallOfNoises = 5;
    private const double DeepestFall = 0.95;

    /// <summary>The classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["good", "stagnant", "oscillating", "diverging", "not finite", "saturated", "too few points"];

    /// <summary>Makes one.</summary>
    public static SeededCurve Of(string name, int seed)
    {
        var random = new Random(seed);
        var points = (int)Math.Round(12 * Math.Pow(500.0 / 12, random.NextDouble()));
        var noise = Between(random, LeastNoise, MostNoise);
        var kind = (seed % 3) switch { 0 => "normal", 1 => "heavy-tailed", _ => "autocorrelated" };
        var deviates = Deviates(random, points, kind);
        return name switch
        {
            "good" => Good(random, points, noise, deviates, kind),
            "stagnant" => Stagnant(random, points, noise, deviates, kind),
            "oscillating" => Oscillating(random, points, noise, deviates, kind),
            "diverging" => Diverging(random, points, noise, deviates, kind),
            "not finite" => NotFinite(random, Good(random, points, noise, deviates, kind)),
            "saturated" => Saturated(random, points, noise, deviates, kind),
            _ => TooFew(random, Good(random, points, noise, deviates, kind)),
        };
    }

    // An exponential fall; the last level is under the ceiling by up to half of it.
    private static SeededCurve Good(Random random, int points, double noise, double[] deviates, string kind)
    {
        var depth = Between(random, FallOfNoises * noise, DeepestFall);
        var time = Between(random, 0.05, 0.5);
        var first = Ceiling / Between(random, 1.0, 2.0) / (1 - depth + (depth * Math.Exp(-1 / time)));
        return Make("good", points, kind, (i, x) => first * (1 - depth + (depth * Math.Exp(-x / time)) + (noise * deviates[i])));
    }

    // The same fall, which ends in the first tenth to the first half of the run.
    private static SeededCurve Stagnant(Random random, int points, double noise, double[] deviates, string kind)
    {
        var depth = Between(random, FallOfNoises * noise, DeepestFall);
        var time = Between(random, 0.05, 0.5);
        var over = Between(random, 0.1, 0.65);

        // Half as high again tells a bad level from a good one only on fifty points, or where the curve began near it.
        var least = points < 50 && 1.5 / (1 - depth) > 3 ? 2 : 1.5;
        var level = Between(random, least, 10) * Ceiling;
        var left = Math.Exp(-1 / time);
        var first = level / (1 - depth);
        return Make("stagnant", points, kind, (i, x) => first * (1 - depth + (depth * (Math.Exp(-Math.Min(x / over, 1) / time) - left) / (1 - left)) + (noise * deviates[i])));
    }

    // A swing of 30 % of the level, from trough to crest, and up to 120 %; at most a quarter as many periods as points.
    private static SeededCurve Oscillating(Random random, int points, double noise, double[] deviates, string kind)
    {
        var level = Ceiling * Between(random, 1.0, 5);
        var swing = Between(random, 0.3, 1.2) / 2;
        var periods = Between(random, 3, Math.Min(20, points / 4.0));
        var phase = 2 * Math.PI * random.NextDouble();
        return Make("oscillating", points, kind, (i, x) => level * (1 + (swing * Math.Sin((2 * Math.PI * periods * x) + phase)) + (noise * deviates[i])));
    }

    // The first half stands or falls; over the second it rises by 40 to 300 %.
    private static SeededCurve Diverging(Random random, int points, double noise, double[] deviates, string kind)
    {
        var low = Ceiling * Between(random, 0.5, 5);
        var depth = random.Next(2) == 0 ? 0 : Between(random, 0.05, 0.5);
        var first = low / (1 - depth);
        var rise = 0.4 * Math.Pow(7.5, random.NextDouble());
        var isExponential = random.Next(2) == 0;
        return Make("diverging", points, kind, (i, x) =>
        {
            var fall = low + ((first - low) * Math.Exp(-Math.Min(x, 0.5) / 0.1));
            var part = Math.Max(0, (x - 0.5) * 2);
            return (fall * (isExponential ? Math.Pow(1 + rise, part) : 1 + (rise * part))) + (first * noise * deviates[i]);
        });
    }

    private static SeededCurve NotFinite(Random random, SeededCurve good)
    {
        var points = good.Series.Points.ToArray();
        var from = points.Length - 1 - random.Next(points.Length / 2);
        var value = random.Next(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity };
        for (var i = from; i < points.Length; i++)
        {
            points[i] = points[i] with { Value = value };
        }

        return good with { Class = "not finite", Series = good.Series with { Points = points } };
    }

    private static SeededCurve Saturated(Random random, int points, double noise, double[] deviates, string kind)
    {
        var from = Between(random, 0, 0.45);
        return Make("saturated", points, kind, (i, x) => Math.Min(Clamp, x < from ? Clamp * (0.4 + (0.5 * x / from) + (noise * deviates[i])) : Clamp * 2));
    }

    private static SeededCurve TooFew(Random random, SeededCurve good)
        => good with { Class = "too few points", Series = good.Series with { Points = [.. good.Series.Points.Take(random.Next(1, 5))] } };

    private static SeededCurve Make(string name, int points, string noise, Func<int, double, double> value)
        => new(name, new ScalarSeries("loss", [.. Enumerable.Range(0, points).Select(i => new ScalarPoint(i * 200L, value(i, (double)i / (points - 1))))]), Ceiling, noise);

    // Of unit deviation each.
    private static double[] Deviates(Random random, int points, string kind)
    {
        var values = new double[points];
        for (var i = 0; i < points; i++)
        {
            values[i] = kind switch
            {
                "heavy-tailed" => Normal(random) / Math.Sqrt(Squares(random, 3) / 3) / Math.Sqrt(3),
                "autocorrelated" when i > 0 => (0.6 * values[i - 1]) + (0.8 * Normal(random)),
                _ => Normal(random),
            };
        }

        return values;
    }

    private static double Squares(Random random, int count) => Enumerable.Range(0, count).Sum(_ => Math.Pow(Normal(random), 2));

    // Box and Muller: two uniform numbers make a normal one.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Between(Random random, double from, double to) => from + ((to - from) * random.NextDouble());
}
