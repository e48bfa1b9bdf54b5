using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Two records, before and after: which results changed.</summary>
/// <param name="Before">The verdict of the first record.</param>
/// <param name="After">The verdict of the second record.</param>
/// <param name="Changed">Results whose outcome or numbers changed, came or went, sorted by group, gate and artifact.</param>
/// <param name="Same">How many results did not change.</param>
internal sealed record ReportComparison(Verdict Before, Verdict After, IReadOnlyList<ChangedResult> Changed, int Same)
{
    /// <summary>Whether anything changed.</summary>
    public bool Differs => Changed.Count > 0 || Before != After;

    /// <summary>Compares two records.</summary>
    public static ReportComparison Of(RunRecord before, RunRecord after)
    {
        var (left, right) = (Results(before), Results(after));
        var changed = new List<ChangedResult>();
        var same = 0;
        foreach (var key in left.Keys.Union(right.Keys).Order())
        {
            var (old, now) = (left.GetValueOrDefault(key), right.GetValueOrDefault(key));
            var measurements = old is not null && now is not null ? Measurements(old, now) : [];
            if (old?.Outcome == now?.Outcome && measurements.Count == 0)
            {
                same++;
            }
            else
            {
                changed.Add(new ChangedResult(old, now, measurements));
            }
        }

        return new ReportComparison(before.Verdict, after.Verdict, changed, same);
    }

    // A gate may say several things of one file: the second of the one is compared with the second of the other.
    private static Dictionary<(string Group, string Gate, string Artifact, int Ordinal), RunResult> Results(RunRecord record)
        => record.Results.GroupBy(r => (Group: r.Group.Value, r.Gate.Name, Artifact: r.Artifact.Value))
            .SelectMany(g => g.Select((r, i) => (Key: (g.Key.Group, g.Key.Name, g.Key.Artifact, i), Result: r)))
            .ToDictionary(r => r.Key, r => r.Result);

    private static List<ChangedMeasurement> Measurements(RunResult before, RunResult after)
    {
        var (old, now) = (Observed(before), Observed(after));
        return
        [
            .. old.Keys.Union(now.Keys).Order().Select(k => new ChangedMeasurement(k.Signal, SafeText.From(k.Place, int.MaxValue), old.GetValueOrDefault(k), now.GetValueOrDefault(k)))
                .Where(m => !Nullable.Equals(m.Before, m.After)),
        ];
    }

    private static Dictionary<(string Signal, string Place, int Ordinal), double?> Observed(RunResult result)
        => result.Measurements.GroupBy(m => (m.Signal, Place: m.Place.Value))
            .SelectMany(g => g.Select((m, i) => (Key: (g.Key.Signal, g.Key.Place, i), m.Observed)))
            .ToDictionary(m => m.Key, m => m.Observed);
}

/// <summary>A result that changed.</summary>
/// <param name="Before">It in the first record; null where it is not there.</param>
/// <param name="After">It in the second record; null where it is not there.</param>
/// <param name="Measurements">The numbers that changed.</param>
internal sealed record ChangedResult(RunResult? Before, RunResult? After, IReadOnlyList<ChangedMeasurement> Measurements)
{
    /// <summary>The later of the two, which says how things are.</summary>
    public RunResult Latest => After ?? Before!;
}

/// <summary>A number that changed.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Place">What was measured.</param>
/// <param name="Before">The number in the first record, or null.</param>
/// <param name="After">The number in the second record, or null.</param>
internal sealed record ChangedMeasurement(string Signal, SafeText Place, double? Before, double? After);
