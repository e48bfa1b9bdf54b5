using ModelGate.Signals.Curves;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Gates.Curves;

/// <summary>Which word fits the numbers of a curve's end.</summary>
internal static class ConvergenceRules
{
    // A tail must stand apart by so many spreads to count as a blow-up, and have something before it.
    private const int FewestBeforeTail = 3;
    private const double TailSpreads = 5;

    // A fall counts only where it is so many spreads deep: one high first batch is not a fall.
    private const double FallSpreads = 3;

    // The standard error of a median in those of a mean, and the normal quantile of a one-sided 5 %.
    private const double MedianError = 1.2533;
    private const double OneSided = 1.6449;

    /// <summary>The word for the end of a curve.</summary>
    public static ConvergenceVerdict Judge(CurveEnd measured, ConvergenceCriteria criteria)
    {
        if (measured.NotFiniteSince is not null)
        {
            return ConvergenceVerdict.NotFinite;
        }

        if (measured.End is not { } window || measured.Points < criteria.MinimumPoints)
        {
            return ConvergenceVerdict.TooFewPoints;
        }

        if (IsSaturated(window.Values, criteria.Clamps))
        {
            return ConvergenceVerdict.Saturated;
        }

        if (measured.FrozenSince is not null)
        {
            return ConvergenceVerdict.Frozen;
        }

        // A ratio to the level says nothing of a loss that passes through zero: its whole fall is the scale then.
        var fallen = measured.First.Value - window.Level;
        var height = Math.Max(Math.Abs(window.Level), Math.Abs(fallen));
        var isPositive = measured.Lowest.Value > 0;
        var scale = isPositive ? Math.Abs(window.Level) : height;
        if (IsWave(measured, criteria, scale))
        {
            return ConvergenceVerdict.Oscillating;
        }

        // Under a known ceiling the height of a level says nothing, and neither is a small rise: noise that clings together makes those.
        var rise = criteria.Ceiling is { } ceiling && measured.Tail <= ceiling ? criteria.WideSpread : criteria.MinimumRise;
        if ((window.Trend.RisingChance < criteria.RisingSignificance && window.Change >= Math.Max(rise * scale, criteria.RiseSpreads * window.Spread)) || BlowsUp(window, criteria, scale))
        {
            return ConvergenceVerdict.Diverging;
        }

        // Far above the ceiling a chance fall in the noise would turn a failure into a pass: there it has to be clear, and larger than the noise.
        var isHigh = criteria.Ceiling is { } limit && measured.Tail > limit;
        if (window.Trend.FallingChance < (isHigh ? criteria.FallingSignificanceAbove : criteria.FallingSignificance)
            && -window.Change >= Math.Max(criteria.MinimumChange * height, isHigh ? criteria.FallSpreadsAbove * window.Spread : 0))
        {
            return ConvergenceVerdict.Converging;
        }

        // As wide as its level is high, and wide beside what it began with: noise that a fall has left behind is not a swing.
        var swings = window.Spread > criteria.WideSpread * scale && window.Spread > criteria.WideSpreadOfFirst * Math.Max(Math.Abs(measured.First.Value), Math.Abs(window.Level));
        if (IsLow(measured, window, criteria, swings, isPositive))
        {
            return ConvergenceVerdict.Converged;
        }

        return swings ? ConvergenceVerdict.Oscillating
            : IsTooEarly(measured, window, criteria) ? ConvergenceVerdict.Undecided
            : ConvergenceVerdict.Stagnant;
    }

    // Not noise by its regularity, and not small. Beside a fall only a clear wave counts: the fall's own shape leaves slow waves behind.
    private static bool IsWave(CurveEnd measured, ConvergenceCriteria criteria, double scale)
        => measured.Shape is { } shape
            && shape.Swing >= criteria.WideSwing * scale
            && shape.WaveChance < (Math.Abs(shape.Fall) > FallSpreads * shape.Noise ? criteria.WaveSignificanceBesideFall : criteria.WaveSignificance)
            && shape.WaveShare > criteria.WaveShare;

    // A fall that is slower than the noise of a few batches cannot be told from none.
    private static bool IsTooEarly(CurveEnd measured, CurveWindow window, ConvergenceCriteria criteria)
    {
        if (criteria.Ceiling is not { } ceiling)
        {
            // A first value that was cut off hides how far the curve fell.
            return measured.Points < criteria.FewestForStagnation || criteria.Clamps.Contains(measured.First.Value);
        }

        var high = measured.First.Value <= criteria.FarAbove * ceiling ? criteria.HighLevel : criteria.HighLevelAfterFall;
        return measured.Points < criteria.ManyPoints && window.Level < high * ceiling;
    }

    private static bool IsLow(CurveEnd measured, CurveWindow window, ConvergenceCriteria criteria, bool swings, bool isPositive)
    {
        if (criteria.Ceiling is { } ceiling)
        {
            // A curve that swings is under the ceiling only if most of it is: its middle says little. So is one that was cut off in part.
            return swings || window.Values.Any(v => criteria.Clamps.Contains(v))
                ? OrderStatistics.Quantile(window.Values, 0.75) <= ceiling
                : window.Level <= ceiling || CannotBeToldFromLow(measured, window, ceiling);
        }

        var fallen = measured.First.Value - window.Level;
        return fallen > FallSpreads * window.Spread && (!isPositive || fallen >= criteria.MinimumFall * measured.First.Value);
    }

    // After a clear fall, a level whose error reaches down to the ceiling is as good as one under it.
    private static bool CannotBeToldFromLow(CurveEnd measured, CurveWindow window, double ceiling)
    {
        if (measured.Shape is not { } shape || shape.Fall < FallSpreads * shape.Noise)
        {
            return false;
        }

        var independent = Math.Max(2, window.Values.Length * (1 - shape.Clinging) / (1 + shape.Clinging));
        var error = MedianError * Math.Max(window.Spread, shape.Noise) / Math.Sqrt(independent);
        return Math.Min(window.Level, shape.End) - (OneSided * error) <= ceiling && Math.Min(window.Level, shape.End) <= ceiling * 1.3;
    }

    // The median and the rank test do not see the last few points: a blow-up there is told by its height.
    private static bool BlowsUp(CurveWindow window, ConvergenceCriteria criteria, double scale)
    {
        var start = CurveEnd.TailStart(window.Values.Length);
        if (start < FewestBeforeTail)
        {
            return false;
        }

        var before = window.Values.AsSpan(0, start);
        var level = OrderStatistics.Median(before);
        var rise = OrderStatistics.Median(window.Values.AsSpan(start)) - level;
        return rise > TailSpreads * OrderStatistics.Spread(before)
            && rise > criteria.WideSpread * scale
            && window.Values[^1] > level;
    }

    private static bool IsSaturated(double[] values, IReadOnlyList<double> clamps)
    {
        foreach (var clamp in clamps)
        {
            var hits = values.Count(v => v.Equals(clamp));
            var atEnd = values.Length >= CurveEnd.ShortestRun && values.AsSpan(values.Length - CurveEnd.ShortestRun).IndexOfAnyExcept(clamp) < 0;
            if (atEnd || (hits >= CurveEnd.ShortestRun && hits * 2 > values.Length))
            {
                return true;
            }
        }

        return false;
    }
}
