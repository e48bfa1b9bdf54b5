using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>Says in one sentence how a loss curve ends, and what can be done about it.</summary>
/// <param name="run">The run.</param>
/// <param name="curve">The curve.</param>
/// <param name="criteria">The lines that it was judged by.</param>
internal sealed class LossCurveSentence(TrainingRun run, CurveEnd curve, ConvergenceCriteria criteria)
{
    // A peak counts where it stands so far above the beginning, and the end so far under it.
    private const double PeakAbove = 1.1;

    private const int DigitsOfLoss = 4;

    private readonly string name = curve.Name;

    /// <summary>The sentence.</summary>
    public SafeText Of(ConvergenceVerdict verdict, LogFiniteness finiteness) => verdict switch
    {
        ConvergenceVerdict.TooFewPoints => SafeText.Of($"{name} has {Points()}, and {criteria.MinimumPoints} are needed to judge it{MorePoints()}"),
        ConvergenceVerdict.Undecided => SafeText.Of(
            $"{name} cannot be told yet: its {Points()} neither fall clearly nor are far too high (median {Level()} since step {curve.WindowStep}){Limit()}{MorePoints()}"),
        ConvergenceVerdict.NotFinite => NotFinite(finiteness),
        ConvergenceVerdict.Frozen => SafeText.Of($"{name} is exactly {Value(curve.Last.Value)} at every point from step {curve.FrozenSince ?? 0} to {curve.Last.Step}: losses of different batches never repeat like that, so training or its log is broken"),
        ConvergenceVerdict.Saturated => SafeText.Of(
            $"{name} is stuck at {curve.WindowHighest:0.###}, the value at which the trainer cuts it off: the loss itself is higher, or infinite"),
        ConvergenceVerdict.Converged => SafeText.Of($"{name} converged: since step {curve.WindowStep} its median is {Level()}{Limit()}"),
        ConvergenceVerdict.Converging => SafeText.Of(
            $"{name} is {(curve.Tail > criteria.Ceiling ? "learning, not done: it is " : "")}still falling, by {-curve.Change:G4} since step {curve.WindowStep}, to {Beside(curve.Tail)} at step {curve.Last.Step}{Distance()}{Peak()}"),
        ConvergenceVerdict.Diverging => SafeText.Of(
            $"{name} diverges: {(curve.Lowest.Step < curve.Last.Step ? SafeText.Of($"after a low of {curve.Lowest.Value:G6} at step {curve.Lowest.Step} it came to {Value(curve.Tail, "G4")} at step {curve.Last.Step}") : SafeText.Of($"its level rose to {Value(curve.Tail, "G4")} at step {curve.Last.Step}"))}"),
        ConvergenceVerdict.Oscillating => SafeText.Of(
            $"{name} oscillates: since step {curve.WindowStep} it swings between {curve.WindowLowest:G6} and {Value(curve.WindowHighest)}{Limit()}"),
        _ => SafeText.Of(
            $"{name} stagnated: {Course()} since step {curve.WindowStep} it stays between {curve.WindowLowest:G6} and {Value(curve.WindowHighest)} (median {Level()}){Limit()}"),
    };

    /// <summary>What can be done.</summary>
    public static SafeText Remedy(ConvergenceVerdict verdict) => verdict switch
    {
        ConvergenceVerdict.NotFinite => SafeText.Of($"Go back to a checkpoint from before that step, lower the learning rate, and turn fp16 off or look for broken audio in the data set"),
        ConvergenceVerdict.Frozen => SafeText.Of($"Look at the other losses from that step on, and go back to a checkpoint from before it"),
        ConvergenceVerdict.Saturated => SafeText.Of($"Check that the pretrained model fits the version and sampling rate, and that the features belong to the audio"),
        ConvergenceVerdict.Diverging => SafeText.Of($"Export a checkpoint from before the rise, and train on with a lower learning rate"),
        ConvergenceVerdict.Oscillating => SafeText.Of($"Lower the learning rate or raise the batch size, and look for broken segments in the data set"),
        ConvergenceVerdict.Converging => SafeText.Of($"Train on: the curve still falls"),
        _ => SafeText.Of($"Do not just train longer: check that audio, features and pitch belong together, that the pretrained model fits, and the learning rate"),
    };

    private SafeText NotFinite(LogFiniteness finiteness)
    {
        if ((finiteness.Series.FirstOrDefault(s => s.Name == name)?.Since ?? curve.NotFiniteSince) is { } since)
        {
            return double.IsFinite(curve.Last.Value) && curve.Last.Value == 0
                ? SafeText.Of($"{name} is exactly 0 from step {since} on, which is how transformers writes NaN")
                : SafeText.Of($"{name} is not finite at step {since}, and the run ended at step {curve.Last.Step}");
        }

        var broken = finiteness.Broken;
        return SafeText.Of($"{SafeText.Join(", ", broken.Take(4).Select(b => SafeText.From(b.Name, 40)))} {(broken.Count == 1 ? "is" : "are")} not finite, from step {broken[0].Since ?? 0} on: what {name} shows since ({curve.Last.Value:G5} at step {curve.Last.Step}) is no result");
    }

    private SafeText Course()
    {
        if (Peak() is { IsEmpty: false } && curve.Highest.Step > curve.First.Step)
        {
            return SafeText.Of($"it rose from {Value(curve.First.Value)} at step {curve.First.Step} to {Value(curve.Highest.Value)} at step {curve.Highest.Step} and fell by {curve.Highest.Value - curve.Level:G3} after that, and");
        }

        var direction = curve.Level < curve.First.Value ? "fell" : "rose";
        return curve.Settled is { } settled && settled.Step > curve.First.Step
            ? SafeText.Of($"it {direction} from {Value(curve.First.Value)} at step {curve.First.Step} until step {settled.Step}, and")
            : SafeText.Of($"it began with {Value(curve.First.Value)}, and");
    }

    private SafeText Peak()
        => curve.Highest.Value > PeakAbove * curve.First.Value && curve.Highest.Value > PeakAbove * curve.Level && curve.First.Value > 0
            ? SafeText.Of($"; it had risen from {Value(curve.First.Value)} at step {curve.First.Step} to {Value(curve.Highest.Value)} at step {curve.Highest.Step}")
            : SafeText.Empty;

    private SafeText Limit()
        => criteria.Ceiling is { } limit
            ? SafeText.Of($"; a converged run is at {Limit(limit)} or under")
            : SafeText.Of($"; it began at {Value(curve.First.Value, "G4")}");

    private SafeText Distance()
        => criteria.Ceiling is { } limit && curve.Tail > limit ? SafeText.Of($", which is {curve.Tail - limit:G3} above the {Limit(limit)} of a converged run") : SafeText.Empty;

    private string Level() => Beside(curve.Level);

    // Beside the ceiling with as many digits as it takes to tell them apart.
    private string Beside(double value)
        => criteria.Ceiling is { } limit ? NumberText.Of(value, limit, DigitsOfLoss) : value.ToString($"G{DigitsOfLoss}", System.Globalization.CultureInfo.InvariantCulture);

    // One that is computed from the curve or the log's scale has digits that nobody wrote.
    private static string Limit(double limit) => NumberText.OfLimit(limit) is { Length: <= 8 } written ? written : NumberText.Of(limit);

    // What the trainer cut off is known from below only.
    private SafeText Value(double value, string format = "G6")
        => SafeText.From((criteria.Clamps.Contains(value) ? "at least " : "") + value.ToString(format, System.Globalization.CultureInfo.InvariantCulture));

    private SafeText Points() => curve.Points == 1 ? SafeText.Of($"1 point") : SafeText.Of($"{curve.Points} points");

    private SafeText MorePoints()
        => run.Profile.LogInterval is { } every
            ? SafeText.Of($"; the trainer logs every {every.Of(run.Log.Hyperparameters)} steps: a smaller {SafeText.From(every.Hyperparameter)} in the run's configuration gives more")
            : SafeText.Empty;
}
