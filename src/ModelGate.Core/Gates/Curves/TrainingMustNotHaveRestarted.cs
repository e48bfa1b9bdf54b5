using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Gates.Curves;

/// <summary>Training must not have begun again from nothing behind a run that had learned something.</summary>
[GateId("MG4007")]
internal sealed class TrainingMustNotHaveRestarted : RunGate<TrainingMustNotHaveRestarted.Options>
{
    private const int FirstPoints = 3;

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        if (run.Log.Series.All(s => s.Points.Count == 0) && run.Log.Abandoned.Count == 0)
        {
            return Judgement.Nothing(SafeText.Of($"{run.Path} holds no point of any series{About(run)}"));
        }

        var lost = run.Log.Abandoned.Where(a => !a.IsApart && Points(a) >= options.ShortestRun && !GoesOn(run, a)).ToArray();
        var last = run.Log.Series.Where(s => s.Points.Count > 0).Select(s => s.Points[^1].Step).DefaultIfEmpty(0).Max();
        var unloaded = lost.Length == 0 && JudgedSeries.Of(run, 1).Series is { } judged ? run.Log.Lost.FirstOrDefault(l => run.Key(l.Series) == run.Key(judged.Name)) : null;
        Measurement[] measurements = [RunsLost.Info.Of(run.Path, lost.Length + (unloaded is null ? 0 : 1)) with { Required = new Requirement(Relation.AtMost, 0) }];
        if (unloaded is not null)
        {
            var said = SafeText.Of(
                $"training resumed at step {unloaded.Step} without the trained weights: {SafeText.From(unloaded.Series, 40)} began at {unloaded.First:G5}, had come to {unloaded.Before:G5}, and then stood at {unloaded.After:G5}");
            return Judgement.Of(SafeText.Of($"{said}{About(run)}"), measurements, [new Finding(said) { Remedy = Remedy, Evidence = measurements }]);
        }

        if (lost.Length == 0)
        {
            var resumed = run.Log.Resumed.Count;
            var summary = resumed > 0 ? SafeText.Of($"training was resumed {SafeText.Count(resumed, "time")}, and never began again from nothing")
                : run.Log.Abandoned.Count > 0 ? SafeText.Of($"what began again from nothing had learned nothing before, or lies in a folder of its own")
                : SafeText.Of($"training began once");
            return Judgement.Of(SafeText.Of($"{summary}{About(run)}"), measurements, []);
        }

        var came = SafeText.Join(", ", lost.Select(a => a.Epoch is { } epoch ? SafeText.Of($"step {a.LastStep} (epoch {epoch})") : SafeText.Of($"step {a.LastStep}")));
        var message = SafeText.Of($"training began again from nothing: {(lost.Length == 1 ? "a start" : "starts")} before this one had come to {came}, and this one to step {last}");
        return Judgement.Of(SafeText.Of($"{message}{About(run)}"), measurements, [new Finding(message)
        {
            Remedy = Remedy,
            Evidence = measurements,
        }]);
    }

    private static SafeText Remedy => SafeText.Of($"The trainer did not find its checkpoints: check the folder and the names of the pair that it resumes from. What the earlier start had learned is in no later checkpoint; where the new start was meant, move the old log away");

    private static int Points(AbandonedRun abandoned) => abandoned.Series.Count == 0 ? 0 : abandoned.Series.Max(s => s.Points.Count);

    // Steps that are counted anew with a loss that stands where it stood: the weights were loaded, and the counter was not.
    private static bool GoesOn(TrainingRun run, AbandonedRun abandoned)
    {
        if (JudgedSeries.Of(run, 1).Series is not { Points.Count: > 0 } now || abandoned.Series.FirstOrDefault(s => run.Key(s.Name) == run.Key(now.Name)) is not { Points.Count: >= 2 * FirstPoints } before)
        {
            return false;
        }

        var (first, last) = (Level(before.Points.Take(FirstPoints)), Level(before.Points.TakeLast(FirstPoints)));
        var fresh = Level(now.Points.Take(FirstPoints));
        return last < first && fresh < (first + last) / 2;
    }

    private static double Level(IEnumerable<ScalarPoint> points) => OrderStatistics.Median([.. points.Select(p => p.Value)]);

    /// <summary>What counts as a run.</summary>
    public sealed record Options
    {
        /// <summary>The fewest points of a start that is missed; one with fewer broke off before it had learned anything (default 3).</summary>
        [Range(1, 1_000_000)]
        public int ShortestRun { get; init; } = 3;
    }
}
