using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Curves;

/// <summary>What a whole series looks like from afar: an exponential fall to a level, noise around it, and the strongest wave in that noise.</summary>
/// <remarks>
/// Least squares over a grid of time constants and of frequencies, of at most <see cref="CurveWindow.MostBlocks"/> medians of equal blocks. A point that stands far out of its
/// neighbours is drawn in first, so that neither one wild batch nor spikes that come back each epoch make a wave.
/// </remarks>
internal sealed record CurveShape
{
    // A wave has to come round so often to be one.
    private const double FewestPeriods = 2.5;

    // More periods than a quarter of the points cannot be told from noise, and more than these are the order of the batches.
    private const double MostPeriods = 25;
    private const double PeriodStep = 0.25;

    private const int FineSteps = 8;

    // Where nothing but a wave is left, its rest clings together and means nothing.
    private const double MostClinging = 0.95;

    private const int Neighbours = 2;
    private const double FarOut = 3;

    // In units of the run.
    private static readonly double[] TimeConstants = [0.02, 0.035, 0.05, 0.07, 0.1, 0.14, 0.2, 0.28, 0.4, 0.56, 0.8, 1.2, 2.5];

    /// <summary>What the fitted fall comes to at the last point.</summary>
    public double End { get; init; } = double.NaN;

    /// <summary>The fitted fall, from the first point to the last; below zero where it rises.</summary>
    public double Fall { get; init; }

    /// <summary>The robust deviation around the fitted fall.</summary>
    public double Noise { get; init; }

    /// <summary>How far one point clings to the next: the lag-one autocorrelation of what neither fall nor wave explains, at least 0.</summary>
    public double Clinging { get; init; }

    /// <summary>The number of points that say as much as those that cling to each other.</summary>
    public double IndependentPoints { get; init; }

    /// <summary>From trough to crest of the strongest wave.</summary>
    public double Swing { get; init; }

    /// <summary>How often it comes round in the run.</summary>
    public double Periods { get; init; }

    /// <summary>The share of the noise that it explains.</summary>
    public double WaveShare { get; init; }

    /// <summary>The chance of such a wave in noise.</summary>
    public double WaveChance { get; init; } = 1;

    /// <summary>Looks at the series from its first finite point on; all points from there have to be finite.</summary>
    public static CurveShape Of(IReadOnlyList<ScalarPoint> points, int first)
    {
        var (x, y) = Blocks(points, first);
        DrawIn(y);
        var (fitted, fall, end) = Fit(x, y);
        var rest = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            rest[i] = y[i] - fitted[i];
        }

        var noise = OrderStatistics.Spread(rest);
        var (swing, periods, share, clinging) = Wave(x, rest);
        var independent = y.Length * (1 - clinging) / (1 + clinging);
        return new CurveShape
        {
            End = end,
            Fall = fall,
            Noise = noise,
            Clinging = clinging,
            IndependentPoints = independent,
            Swing = swing,
            Periods = periods,
            WaveShare = share,
            WaveChance = Chance(share, periods, clinging, y.Length),
        };
    }

    private static (double[] X, double[] Y) Blocks(IReadOnlyList<ScalarPoint> points, int first)
    {
        var count = points.Count - first;
        var blocks = Math.Min(count, CurveWindow.MostBlocks);
        var (x, y) = (new double[blocks], new double[blocks]);
        double from = points[first].Step;
        var width = Math.Max(points[^1].Step - from, 1);
        var values = new double[(count / blocks) + 1];
        for (var block = 0; block < blocks; block++)
        {
            var start = (int)((long)block * count / blocks);
            var end = (int)((long)(block + 1) * count / blocks);
            for (var i = start; i < end; i++)
            {
                values[i - start] = points[first + i].Value;
            }

            x[block] = (((points[first + start].Step * 0.5) + (points[first + end - 1].Step * 0.5)) - from) / width;
            y[block] = OrderStatistics.Median(values.AsSpan(0, end - start));
        }

        return (x, y);
    }

    private static void DrawIn(double[] y)
    {
        var middle = new double[y.Length];
        var apart = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var start = Math.Max(0, i - Neighbours);
            middle[i] = OrderStatistics.Median(y.AsSpan(start, Math.Min(y.Length, i + Neighbours + 1) - start));
            apart[i] = y[i] - middle[i];
        }

        var room = FarOut * OrderStatistics.Spread(apart);
        if (room > 0)
        {
            for (var i = 0; i < y.Length; i++)
            {
                y[i] = Math.Clamp(y[i], middle[i] - room, middle[i] + room);
            }
        }
    }

    // c + a e^(-x/t), by least squares in c and a for each t.
    private static (double[] Fitted, double Fall, double End) Fit(double[] x, double[] y)
    {
        var (best, least) = ((C: OrderStatistics.Median(y), A: 0.0, T: 1.0), double.PositiveInfinity);
        var mean = y.Average();
        foreach (var time in TimeConstants)
        {
            var middle = 0.0;
            foreach (var at in x)
            {
                middle += Math.Exp(-at / time) / x.Length;
            }

            var (product, power) = (0.0, 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                var apart = Math.Exp(-x[i] / time) - middle;
                product += apart * (y[i] - mean);
                power += apart * apart;
            }

            var a = power > 0 ? product / power : 0;
            var c = mean - (a * middle);
            var left = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                var apart = y[i] - c - (a * Math.Exp(-x[i] / time));
                left += apart * apart;
            }

            if (left < least)
            {
                (best, least) = ((c, a, time), left);
            }
        }

        var fitted = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            fitted[i] = best.C + (best.A * Math.Exp(-x[i] / best.T));
        }

        return (fitted, fitted[0] - fitted[^1], fitted[^1]);
    }

    private static (double Swing, double Periods, double Share, double Clinging) Wave(double[] x, double[] rest)
    {
        var most = Math.Min(MostPeriods, rest.Length / 4.0);
        var best = default(Sinusoid);
        for (var periods = FewestPeriods; periods <= most; periods += PeriodStep)
        {
            best = Sinusoid.Best(best, Sinusoid.Of(x, rest, periods));
        }

        // Between the frequencies of the grid a clear wave would leave a part of itself behind, and that would look like noise that clings.
        for (var (at, fine) = (best.Periods, -FineSteps); fine <= FineSteps && best.Periods > 0; fine++)
        {
            best = Sinusoid.Best(best, Sinusoid.Of(x, rest, Math.Min(at + (fine * PeriodStep / FineSteps), most)));
        }

        var (product, power, before) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var apart = rest[i] - best.At(x[i]);
            product += i > 0 ? apart * before : 0;
            power += apart * apart;
            before = apart;
        }

        return (best.Swing, best.Periods, best.Share, power > 0 ? Math.Clamp(product / power, 0, MostClinging) : 0);
    }

    // Of white noise a wave of one frequency explains r or more with the chance (1 - r)^((n - 3) / 2), and there are about n/4 to choose from (Fisher 1929). Noise that clings has
    // more of itself at slow frequencies: n/2 is one over the share of one frequency, which is that of a first-order autoregression. Two points are the fall's.
    private static double Chance(double share, double periods, double clinging, int points)
    {
        if (periods <= 0)
        {
            return 1;
        }

        var density = (1 - (clinging * clinging)) / (1 - (2 * clinging * Math.Cos(2 * Math.PI * periods / points)) + (clinging * clinging));
        var exponent = Math.Max(0, (points / (2 * density)) - 2.5);
        return Math.Min(1, Math.Min(MostPeriods, points / 4.0) * Math.Pow(1 - share, exponent));
    }

    private readonly record struct Sinusoid(double Periods, double Sine, double Cosine, double Share)
    {
        public double Swing => 2 * Math.Sqrt((Sine * Sine) + (Cosine * Cosine));

        public static Sinusoid Best(Sinusoid one, Sinusoid other) => other.Share > one.Share ? other : one;

        // By least squares at one frequency.
        public static Sinusoid Of(double[] x, double[] rest, double periods)
        {
            var (total, ss, sc, cc, sy, cy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * periods * x[i]);
                total += rest[i] * rest[i];
                ss += sine * sine;
                sc += sine * cosine;
                cc += cosine * cosine;
                sy += sine * rest[i];
                cy += cosine * rest[i];
            }

            var determinant = (ss * cc) - (sc * sc);
            if (total <= 0 || determinant <= 1e-9 * ss * cc)
            {
                return default;
            }

            var (a, b) = (((sy * cc) - (cy * sc)) / determinant, ((cy * ss) - (sy * sc)) / determinant);
            return new Sinusoid(periods, a, b, Math.Min(1, ((a * sy) + (b * cy)) / total));
        }

        public double At(double x) => (Sine * Math.Sin(2 * Math.PI * Periods * x)) + (Cosine * Math.Cos(2 * Math.PI * Periods * x));
    }
}
