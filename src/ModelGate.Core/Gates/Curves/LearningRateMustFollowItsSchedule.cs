using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>The learning rate must be what its schedule says, and neither stand still nor rise where it should fall.</summary>
[GateId("MG4005")]
internal sealed class LearningRateMustFollowItsSchedule : RunGate<LearningRateMustFollowItsSchedule.Options>
{
    // A decay of 0.999875 an epoch is 1.25e-4: what single precision leaves of it is within a hundredth of an epoch, and text of five digits within a twelfth.
    private const double EpochRoom = 0.15;

    // The share of the epochs by which the rate may lag behind the last one that the log names, and the fewest of them.
    private const double EpochLag = 0.1;
    private const double FewestEpochsOfLag = 2;

    private const double SameRate = 1e-6;
    private const double ClearRise = 1.1;

    // A schedule may end at 0; to stay there is another thing.
    private const double ZeroShare = 0.05;

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        var series = options.Series is { } asked ? run.Find(asked)
            : run.Log.Series.Where(s => s.Points.Count > 0 && new SeriesName(s.Name).IsLearningRate).OrderByDescending(s => s.Points.Count).FirstOrDefault();
        if (series is not { Points.Count: >= 2 })
        {
            return options.Series is { } named
                ? Judgement.Inconclusive(SafeText.Of($"the log has no series {SafeText.From(named)} of two points{About(run)}"))
                : Judgement.Nothing(SafeText.Of($"{run.Path} has no learning rate of two points{About(run)}"));
        }

        var points = series.Points;
        var (first, last) = (points[0], points[^1]);
        var name = SafeText.From(series.Name, 40);
        var problem = Wrong(run, series, options);
        Measurement[] measurements =
        [
            FirstRate.Info.Of(run.Path, first.Value, SafeText.From(series.Name)),
            LastRate.Info.Of(run.Path, last.Value, SafeText.From(series.Name)),
        ];
        var numbers = SafeText.Of($"{first.Value:G6} at step {first.Step}, {last.Value:G6} at step {last.Step}, {SafeText.Count(points.Count, "point")}");
        return problem.IsEmpty
            ? Judgement.Of(SafeText.Of($"{name} follows {Schedule(run, options)}: {numbers}{About(run)}"), measurements, [])
            : Judgement.Of(SafeText.Of($"{name} {problem}: {numbers}{About(run)}"), measurements, [new Finding(SafeText.Of($"{name} {problem}"))
            {
                Remedy = SafeText.Of($"Check the scheduler, and what is restored when training is resumed. Where the schedule is meant, state it in the option schedule"),
                Evidence = measurements,
            }]);
    }

    private static SafeText Wrong(TrainingRun run, ScalarSeries series, Options options)
    {
        var points = series.Points;
        if (points.FirstOrDefault(p => !double.IsFinite(p.Value) || p.Value < 0) is var bad && (!double.IsFinite(bad.Value) || bad.Value < 0))
        {
            return SafeText.Of($"is {bad.Value:G5} at step {bad.Step}");
        }

        var zeros = points.Reverse().TakeWhile(p => p.Value == 0).Count();
        if (zeros > 1 && zeros > ZeroShare * points.Count)
        {
            return SafeText.Of($"is 0 at {(zeros == points.Count ? SafeText.Of($"every point") : SafeText.Of($"the last {zeros} of {points.Count} points, from step {points[^zeros].Step} on"))}: nothing is learned there");
        }

        return options.Schedule switch
        {
            RateSchedule.Any => SafeText.Empty,
            RateSchedule.Constant => Constant(points, options),
            RateSchedule.Falling => Falling(points, options, mustFall: true),
            RateSchedule.Exponential when Decay(run, options) is { } decay => Exponential(run, points, decay),
            RateSchedule.Exponential => SafeText.Of($"cannot be held against an exponential decay, because neither the options nor the log say its first rate and its factor"),
            _ => Decay(run, options) is { } known ? Exponential(run, points, known) : Falling(points, options, mustFall: false),
        };
    }

    private static SafeText Schedule(TrainingRun run, Options options) => options.Schedule switch
    {
        RateSchedule.Any => SafeText.Of($"any schedule"),
        RateSchedule.Constant => SafeText.Of($"a constant one"),
        RateSchedule.Falling => SafeText.Of($"a falling one"),
        _ => Decay(run, options) is { } decay ? SafeText.Of($"{decay.First:G6} times {decay.Factor:G8} an epoch") : SafeText.Of($"a schedule that does not rise behind its warm-up"),
    };

    // VITS and what came of it: torch's ExponentialLR, stepped at the end of each epoch.
    private static (double First, double Factor)? Decay(TrainingRun run, Options options)
    {
        var first = options.LearningRate ?? Number(run, "train.learning_rate") ?? Number(run, "learning_rate");
        var factor = options.Decay ?? Number(run, "train.lr_decay") ?? Number(run, "lr_decay");
        return first is > 0 && factor is > 0 and < 1 ? (first.Value, factor.Value) : null;
    }

    private static double? Number(TrainingRun run, string name) => run.Log.Hyperparameters.GetValueOrDefault(name) switch
    {
        MetadataValue.Real real => real.Value,
        MetadataValue.Integer integer => integer.Value,
        _ => null,
    };

    private static SafeText Exponential(TrainingRun run, IReadOnlyList<ScalarPoint> points, (double First, double Factor) decay)
    {
        var before = double.NegativeInfinity;
        var epoch = 0.0;
        var room = Math.Max(EpochRoom, 5e-8 / -Math.Log(decay.Factor));
        foreach (var point in points)
        {
            if (point.Value <= 0)
            {
                return SafeText.Of($"is 0 at step {point.Step}, where {decay.First:G6} times a power of {decay.Factor:G8} is due");
            }

            epoch = Math.Log(point.Value / decay.First) / Math.Log(decay.Factor);
            if (epoch < -room || Math.Abs(epoch - Math.Round(epoch)) > room)
            {
                return SafeText.Of($"is {point.Value:G8} at step {point.Step}, which is not {decay.First:G6} times a whole power of {decay.Factor:G8}, the decay of an epoch");
            }

            if (epoch < before - room && !run.Log.Resumed.Contains(point.Step))
            {
                return SafeText.Of($"rises at step {point.Step}, from that of epoch {Math.Round(before) + 1:0} to that of epoch {Math.Round(epoch) + 1:0}");
            }

            before = epoch;
        }

        // The rate tells the epoch: of a run that has come to epoch 200 it is not that of epoch 1.
        return run.Log.Epoch is { } named && named - (Math.Round(epoch) + 1) > Math.Max(FewestEpochsOfLag, EpochLag * named) + Logged(points, named)
            ? SafeText.Of($"is that of epoch {Math.Round(epoch) + 1:0} at the end, and the log has come to epoch {named}: it did not fall as it should")
            : SafeText.Empty;
    }

    // The last point may be a whole interval of the log before the end.
    private static double Logged(IReadOnlyList<ScalarPoint> points, long epochs) => (double)epochs / points.Count;

    private static SafeText Constant(IReadOnlyList<ScalarPoint> points, Options options)
    {
        var due = options.LearningRate ?? points[0].Value;
        var other = points.FirstOrDefault(p => Math.Abs(p.Value - due) > SameRate * due);
        return other == default ? SafeText.Empty : SafeText.Of($"is {other.Value:G6} at step {other.Step}, and {due:G6} is due throughout");
    }

    private static SafeText Falling(IReadOnlyList<ScalarPoint> points, Options options, bool mustFall)
    {
        var (first, last) = (points[0].Step, points[^1].Step);
        var warm = first + ((last - first) * options.Warmup);
        var lowest = double.PositiveInfinity;
        foreach (var point in points.Where(p => p.Step > warm))
        {
            if (point.Value > ClearRise * lowest)
            {
                return SafeText.Of($"rises at step {point.Step}, to {point.Value:G6}, after it had come down to {lowest:G6}");
            }

            lowest = Math.Min(lowest, point.Value);
        }

        var highest = points.Where(p => p.Step <= warm).Select(p => p.Value).DefaultIfEmpty(points[0].Value).Max();
        return points[^1].Value > ClearRise * highest ? SafeText.Of($"rises beyond its warm-up: it was {highest:G6} at the most by step {warm:0}")
            : mustFall && points[^1].Value >= highest * (1 - SameRate) ? SafeText.Of($"does not fall")
            : SafeText.Empty;
    }

    /// <summary>The schedule.</summary>
    public sealed record Options
    {
        /// <summary>The series that is the rate; null, the default, is the one that is called so.</summary>
        public string? Series { get; init; }

        /// <summary>The schedule: "trainer", the default, is the exponential decay that the log's configuration states, else any that does not rise behind its warm-up; "exponential", "constant", "falling" or "any".</summary>
        public RateSchedule Schedule { get; init; } = RateSchedule.Trainer;

        /// <summary>The first rate (default: the one in the log's configuration, else the first that was logged).</summary>
        [Range(0, 1_000_000)]
        public double? LearningRate { get; init; }

        /// <summary>The factor of an epoch (default: lr_decay in the log's configuration).</summary>
        [Range(0, 1)]
        public double? Decay { get; init; }

        /// <summary>The share of the steps in which a rate may rise that is not exponential (default 0.3).</summary>
        [Range(0, 1)]
        public double Warmup { get; init; } = 0.3;
    }
}

/// <summary>How a learning rate is meant to change.</summary>
internal enum RateSchedule
{
    /// <summary>As the log's configuration says.</summary>
    Trainer,

    /// <summary>By a factor each epoch.</summary>
    Exponential,

    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Down, behind a warm-up.</summary>
    Falling,

    /// <summary>In any way that is above 0.</summary>
    Any,
}
