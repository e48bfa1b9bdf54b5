using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Baselines;

/// <summary>Reduces the records of runs to the numbers that can be compared: those of signals that have a better direction.</summary>
internal static class BaselineReduction
{
    /// <summary>The ids of the gates that compare a run with others: what they say of a number is a limit or a trend, and not what was measured.</summary>
    public static IReadOnlyList<string> Comparing { get; } = ["MG9001", "MG9002"];

    /// <summary>The baseline that some runs of the same models make.</summary>
    /// <param name="runs">The records, one for each run.</param>
    public static Baseline Of(IReadOnlyList<RunRecord> runs)
    {
        var models = runs.SelectMany(r => r.Models()).GroupBy(m => NameOf(m).Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        return new Baseline([.. models.Select(m => new BaselineModel(
            SafeText.From(m.Key, int.MaxValue),
            [.. m.SelectMany(r => r.Artifacts).Where(a => a.Role is not (ArtifactRole.Baseline or ArtifactRole.History)).Select(a => new BaselineArtifact(a.Path, a.Role, a.Sha256)).Distinct().OrderBy(a => a.Path.Value, StringComparer.Ordinal).ThenBy(a => a.Role).ThenBy(a => a.Sha256, StringComparer.Ordinal)],
            Join([.. m.Select(r => Values(r.Results))])))]);
    }

    /// <summary>One run as an entry of a history: its numbers, what became of it, and which gates kept it from passing.</summary>
    /// <param name="run">The record.</param>
    public static Baseline Entry(RunRecord run) => new(
        [.. run.Models().Select(m => new BaselineModel(
            m.Configurations is [{ Model: var name }, ..] ? name : SafeText.Empty,
            [],
            Values(m.Results))
        {
            Verdict = m.Verdict,
            Stopped = [.. m.Results.Where(r => r.IsError).Select(r => r.Gate.Id).Distinct().Order(StringComparer.Ordinal)],
        }).OrderBy(m => m.Name.Value, StringComparer.Ordinal)])
    {
        Run = new RunSummary(run.Origin, run.Verdict),
    };

    /// <summary>The numbers of one model in one run.</summary>
    /// <param name="results">The results of its gates.</param>
    public static IReadOnlyList<BaselineValue> Values(IEnumerable<RunResult> results)
    {
        var values = new Dictionary<(string Signal, string Subject), BaselineValue>();
        foreach (var result in results.Where(r => !Comparing.Contains(r.Gate.Id, StringComparer.Ordinal)))
        {
            foreach (var measurement in result.Measurements.Where(m => m.Better != Better.None && m.Observed is { } value && double.IsFinite(value)))
            {
                var subject = SubjectOf(result, measurement);
                var value = new BaselineValue(measurement.Signal, subject, measurement.Observed!.Value, measurement.Better) { Unit = measurement.Unit, Revision = measurement.Revision };

                // Two checkpoints of one series are one subject: what is the worst of them counts.
                if (!values.TryGetValue((value.Signal, subject.Value), out var other) || value.IsBetter(other.Value, value.Value))
                {
                    values[(value.Signal, subject.Value)] = value;
                }
            }
        }

        return Ordered(values.Values);
    }

    private static SafeText NameOf(RunRecord model) => model.Configurations is [{ Group: var group }, ..] ? group : SafeText.Empty;

    private static SafeText SubjectOf(RunResult result, Measurement measurement)
    {
        var path = measurement.Path.IsEmpty ? result.Artifact : measurement.Path;
        var role = measurement.Role ?? RoleIn(result.Identity);
        var isOfWeights = role is ArtifactRole.Checkpoints or ArtifactRole.Model or ArtifactRole.Pretrained or ArtifactRole.ReferenceModel;
        SafeText[] parts = [SafeText.From(role?.Key()), SafeText.From(CheckpointName.SeriesOf(path.Value, isOfWeights), int.MaxValue), measurement.Subject == path ? SafeText.Empty : measurement.Subject];
        return SafeText.Join(" ", parts.Where(p => !p.IsEmpty));
    }

    private static ArtifactRole? RoleIn(SafeText identity) => ArtifactRoles.Find(identity.Value.Split(' ')[0]);

    private static BaselineValue[] Join(IReadOnlyList<IReadOnlyList<BaselineValue>> runs)
        => Ordered(runs.SelectMany(r => r).GroupBy(v => (v.Signal, v.Subject.Value, v.Revision, v.Better, v.Unit)).Select(g =>
        {
            double[] values = [.. g.Select(v => v.Value)];
            return g.First() with { Value = OrderStatistics.Median(values), Runs = values.Length, Spread = SpreadOf(values), Worst = values.Length < 2 ? null : g.Key.Better == Better.Lower ? values.Max() : values.Min() };
        }));

    private static double? SpreadOf(double[] values)
    {
        if (values.Length < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private static BaselineValue[] Ordered(IEnumerable<BaselineValue> values)
        => [.. values.OrderBy(v => v.Signal, StringComparer.Ordinal).ThenBy(v => v.Subject.Value, StringComparer.Ordinal).ThenBy(v => v.Revision)];
}
