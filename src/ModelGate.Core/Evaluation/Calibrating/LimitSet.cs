using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>
/// Limits that together let the good files pass and the bad ones fail. Files are bad in many ways, and no signal sees them all: limits are taken one
/// after the other, each time the one that catches most of the bad files which keep those before it.
/// </summary>
internal static class LimitSet
{
    private const int Most = 12;

    // The next good file lies beyond the outermost one as often as not: a limit keeps this share of their spread as room for it.
    private const double Room = 0.2;

    /// <summary>Chooses limits.</summary>
    /// <param name="signals">The signals that may have one.</param>
    /// <param name="files">The files.</param>
    /// <param name="allowed">How many good files may break one limit.</param>
    public static IReadOnlyList<CalibratedLimit> Choose(IReadOnlyList<SignalInfo> signals, IReadOnlyList<CalibrationFile> files, int allowed)
    {
        var candidates = Candidates(signals, files, allowed);
        var supported = candidates.Where(c => c.IsSupported).ToArray();
        List<CalibratedLimit> left = supported.Length > 0 ? [.. supported] : candidates;
        var chosen = new List<CalibratedLimit>();
        var bad = files.Where(f => !f.IsGood).ToList();
        while (bad.Count > 0 && left.Count > 0 && chosen.Count < Most)
        {
            var (best, caught) = left.Select(c => (Limit: c, Caught: bad.Count(f => !c.IsKeptBy(f))))
                .OrderByDescending(c => c.Caught).ThenByDescending(c => c.Limit.Gap).ThenBy(c => c.Limit.Signal.Name, StringComparer.Ordinal).First();
            if (caught == 0)
            {
                break;
            }

            chosen.Add(best);
            left.Remove(best);
            bad.RemoveAll(f => !best.IsKeptBy(f));
        }

        return chosen;
    }

    /// <summary>Whether a file keeps every limit.</summary>
    public static bool IsKeptBy(IReadOnlyList<CalibratedLimit> limits, CalibrationFile file) => limits.All(l => l.IsKeptBy(file));

    private static List<CalibratedLimit> Candidates(IReadOnlyList<SignalInfo> signals, IReadOnlyList<CalibrationFile> files, int allowed)
    {
        var candidates = new List<CalibratedLimit>();
        var tries = signals.Sum(s => PairLimits.SidesOf(s).Count());
        foreach (var signal in signals)
        {
            foreach (var relation in PairLimits.SidesOf(signal))
            {
                if (Beside(signal, relation, files, allowed) is { } limit)
                {
                    candidates.Add(limit with { Chance = Math.Min(1, limit.Chance * tries) });
                }
            }
        }

        return candidates;
    }

    // The limit between the outermost good file that has to pass and the bad file next to it.
    private static CalibratedLimit? Beside(SignalInfo signal, Relation relation, IReadOnlyList<CalibrationFile> files, int allowed)
    {
        var sign = relation == Relation.AtMost ? 1 : -1;
        var good = files.Where(f => f.IsGood).Select(f => f.ValueOf(signal.Name, relation)).ToArray();
        if (good.Length <= allowed || Array.Exists(good, v => v is null))
        {
            return null;
        }

        var sorted = good.Select(v => sign * v!.Value).Order().ToArray();
        var outermost = sorted[^(allowed + 1)];
        var spread = Separation.Spread(sorted);
        var least = outermost + (Room * spread);
        var bad = files.Where(f => !f.IsGood).Select(f => f.ValueOf(signal.Name, relation)).OfType<double>().Select(v => sign * v).ToArray();
        var beyond = bad.Where(v => v > least).ToArray();
        if (beyond.Length == 0)
        {
            return null;
        }

        var next = beyond.Min();
        var limit = RoundNumber.Between(outermost, next) is var middle && middle >= least ? middle : RoundNumber.Between(least, next);
        var broken = sorted.Count(v => v > limit);
        return new CalibratedLimit(signal, new Requirement(relation, (sign * limit) + 0.0))
        {
            Gap = (next - outermost) / Math.Max(spread, double.Epsilon),
            Chance = Hypergeometric.UpperTail(good.Length + bad.Length, bad.Length, beyond.Length + broken, beyond.Length),
        };
    }
}
