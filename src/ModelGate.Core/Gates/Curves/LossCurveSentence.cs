using ModelGate.Signals.Curves;

namespace ModelGate.Gates.Curves;

/// <summary>Says in one sentence how a loss curve ends, and what can be done about it.</summary>
internal static class LossCurveSentence
{
    public static SafeText Of(string name, CurveEnd curve, ConvergenceVerdict verdict, double? ceiling, int minimumPoints) => verdict switch
    {
        ConvergenceVerdict.TooFewPoints => SafeText.Of($"{name} has {curve.Points} points, and {minimumPoints} are needed to judge it"),
        ConvergenceVerdict.NotFinite => NotFinite(name, curve),
        ConvergenceVerdict.Saturated => SafeText.Of(
            $"{name} stands at {curve.WindowHighest:0.###}, the value at which the trainer cuts it off: the loss itself is higher, or infinite"),
        ConvergenceVerdict.Converged => SafeText.Of($"{name} converged: since step {curve.WindowStep} its median is {curve.Level:G4}{Limit(curve, ceiling)}"),
        ConvergenceVerdict.Converging => SafeText.Of(
            $"{name} is still falling: by {-curve.Change:G4} since step {curve.WindowStep}, to {curve.Tail:G4} at step {curve.Last.Step}{(curve.Tail > ceiling ? Limit(curve, ceiling) : default)}"),
        ConvergenceVerdict.Diverging => SafeText.Of(
            $"{name} diverges: after a low of {curve.Lowest.Value:G6} at step {curve.Lowest.Step} it came to {curve.Tail:G4} at step {curve.Last.Step}"),
        ConvergenceVerdict.Oscillating => SafeText.Of(
            $"{name} oscillates: since step {curve.WindowStep} it swings between {curve.WindowLowest:G6} and {curve.WindowHighest:G6}{Limit(curve, ceiling)}"),
        _ => SafeText.Of(
            $"{name} stagnated: {Course(curve)} since step {curve.WindowStep} it stays between {curve.WindowLowest:G6} and {curve.WindowHighest:G6} (median {curve.Level:G4}){Limit(curve, ceiling)}"),
    };

    public static SafeText Remedy(ConvergenceVerdict verdict) => verdict switch
    {
        ConvergenceVerdict.NotFinite => SafeText.Of($"Go back to a checkpoint from before that step, lower the learning rate, and turn fp16 off or look for broken audio in the data set"),
        ConvergenceVerdict.Saturated => SafeText.Of($"Check that the pretrained model fits the version and sampling rate, and that the features belong to the audio"),
        ConvergenceVerdict.Diverging => SafeText.Of($"Export a checkpoint from before the rise, and train on with a lower learning rate"),
        ConvergenceVerdict.Oscillating => SafeText.Of($"Lower the learning rate or raise the batch size, and look for broken segments in the data set"),
        _ => SafeText.Of($"Do not just train longer: check that audio, features and pitch belong together, that the pretrained model fits, and the learning rate"),
    };

    private static SafeText NotFinite(string name, CurveEnd curve)
        => double.IsFinite(curve.Last.Value) && curve.Last.Value == 0
            ? SafeText.Of($"{name} is exactly 0 from step {curve.NotFiniteSince ?? 0} on, which is how transformers writes NaN")
            : SafeText.Of($"{name} is not finite at step {curve.NotFiniteSince ?? 0}, and the run ended at step {curve.Last.Step}");

    private static SafeText Course(CurveEnd curve)
    {
        var direction = curve.Level < curve.First.Value ? "fell" : "rose";
        return curve.Settled is { } settled && settled.Step > curve.First.Step
            ? SafeText.Of($"it {direction} from {curve.First.Value:G6} at step {curve.First.Step} to {settled.Value:G6} at step {settled.Step}, and")
            : SafeText.Of($"it began with {curve.First.Value:G6}, and");
    }

    private static SafeText Limit(CurveEnd curve, double? ceiling)
        => ceiling is { } limit
            ? SafeText.Of($"; a converged run is at {limit:G4} or under")
            : SafeText.Of($"; it began at {curve.First.Value:G4}");
}
