using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>How one signal parts bad files from good ones.</summary>
/// <param name="Best">The limit with the least mean of the two error rates.</param>
/// <param name="FalseAlarms">Good files that break it.</param>
/// <param name="Misses">Bad files that keep it; those without a value are not counted.</param>
/// <param name="Area">
/// The chance that a bad file lies further to the limit's side than a good one, ties by half: the area under the receiver operating characteristic
/// (Hanley and McNeil 1982). 1 parts them wholly, 0.5 not at all.
/// </param>
internal sealed record Separation(CalibratedLimit Best, Proportion FalseAlarms, Proportion Misses, double Area)
{
    /// <summary>The values of the good files, in ascending order.</summary>
    public required IReadOnlyList<double> Good { get; init; }

    /// <summary>The values of the bad files that have one, in ascending order.</summary>
    public required IReadOnlyList<double> Bad { get; init; }

    /// <summary>Bad files without a value: no limit on one file lets them pass, and none on two stops them.</summary>
    public int BadWithoutValue { get; init; }

    /// <summary>The mean of the two error rates.</summary>
    public double Error => (FalseAlarms.Share + Misses.Share) / 2;

    /// <summary>The sides on which a signal may have a limit: against the direction in which it gets better, or both where it has none.</summary>
    public static IReadOnlyList<Relation> SidesOf(SignalInfo signal) => signal.Better switch
    {
        Better.Lower => [Relation.AtMost],
        Better.Higher => [Relation.AtLeast],
        _ => [Relation.AtMost, Relation.AtLeast],
    };

    /// <summary>The better of a signal's sides; null where a good file has no value, no bad one has, or all are equal.</summary>
    public static Separation? Of(SignalInfo signal, IReadOnlyList<CalibrationFile> files)
        => SidesOf(signal).Select(r => Of(signal, r, files)).OfType<Separation>().OrderBy(s => s.Error).ThenByDescending(s => s.Best.Gap).FirstOrDefault();

    private static Separation? Of(SignalInfo signal, Relation relation, IReadOnlyList<CalibrationFile> files)
    {
        var measured = files.Select(f => (f.IsGood, Value: f.ValueOf(signal.Name, relation))).ToArray();
        if (measured.Any(f => f is { IsGood: true, Value: null }))
        {
            return null;
        }

        // What is beyond the limit comes last on either side.
        var sign = relation == Relation.AtMost ? 1 : -1;
        var values = measured.Where(f => f.Value is not null).Select(f => (f.IsGood, Value: sign * f.Value!.Value)).OrderBy(f => f.Value).ToArray();
        var (good, bad) = (values.Count(f => f.IsGood), values.Count(f => !f.IsGood));
        if (good == 0 || bad == 0 || values[0].Value.Equals(values[^1].Value))
        {
            return null;
        }

        var spread = Math.Max(Spread([.. values.Where(f => f.IsGood).Select(f => f.Value)]), double.Epsilon);
        (double Error, double Gap, double Limit, int FalseAlarms, int Misses)? best = null;
        var (goodBelow, badBelow) = (0, 0);
        for (var i = 0; i < values.Length - 1; i++)
        {
            (goodBelow, badBelow) = values[i].IsGood ? (goodBelow + 1, badBelow) : (goodBelow, badBelow + 1);
            var (low, high) = (values[i].Value, values[i + 1].Value);
            if (low.Equals(high))
            {
                continue;
            }

            var error = (((double)(good - goodBelow) / good) + ((double)badBelow / bad)) / 2;
            var gap = (high - low) / spread;
            if (best is not { } found || error < found.Error || (error.Equals(found.Error) && gap > found.Gap))
            {
                best = (error, gap, RoundNumber.Between(low, high), good - goodBelow, badBelow);
            }
        }

        var (_, room, limit, falseAlarms, misses) = best!.Value;
        var numbers = values.Select(f => (f.IsGood, Value: sign * f.Value)).ToArray();
        return new Separation(
            new CalibratedLimit(signal, new Requirement(relation, (sign * limit) + 0.0)) { Gap = room },
            new Proportion(falseAlarms, good),
            new Proportion(misses, bad),
            AreaOf(values, good, bad))
        {
            Good = [.. numbers.Where(f => f.IsGood).Select(f => f.Value).Order()],
            Bad = [.. numbers.Where(f => !f.IsGood).Select(f => f.Value).Order()],
            BadWithoutValue = measured.Count(f => f is { IsGood: false, Value: null }),
        };
    }

    // The interdecile range: one odd file among the good ones does not stretch it.
    internal static double Spread(double[] ascending)
    {
        var at = (ascending.Length - 1) / 10;
        return ascending[^(at + 1)] - ascending[at] is > 0 and var spread ? spread : ascending[^1] - ascending[0] is > 0 and var range ? range : Math.Abs(ascending[0]);
    }

    private static double AreaOf((bool IsGood, double Value)[] ascending, int good, int bad)
    {
        // Bad files count the good ones below them; good ones of an equal value count half.
        var (sum, below) = (0.0, 0);
        for (var start = 0; start < ascending.Length;)
        {
            var end = start;
            var (tiedGood, tiedBad) = (0, 0);
            for (; end < ascending.Length && ascending[end].Value.Equals(ascending[start].Value); end++)
            {
                (tiedGood, tiedBad) = ascending[end].IsGood ? (tiedGood + 1, tiedBad) : (tiedGood, tiedBad + 1);
            }

            sum += tiedBad * (below + (tiedGood / 2.0));
            below += tiedGood;
            start = end;
        }

        return sum / ((double)good * bad);
    }
}
