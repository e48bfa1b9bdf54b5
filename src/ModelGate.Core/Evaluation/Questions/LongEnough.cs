using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Data;

namespace ModelGate.Evaluation.Questions;

/// <summary>How far training came, against a model that works and against its own curve.</summary>
internal sealed class LongEnough : RunQuestion
{
    private const string Loss = "MG4001";

    private static readonly string[] Segments = ["MG6001", "MG6005"];

    /// <inheritdoc/>
    protected override string Question => "Was it trained for long enough?";

    /// <inheritdoc/>
    protected override (SafeText Sentence, AnswerState State) Find(RunEvidence run)
    {
        var came = Came(run);
        if (came.IsEmpty)
        {
            return (SafeText.Of($"Neither a checkpoint nor a log states a step or an epoch."), AnswerState.Unknown);
        }

        if (run.Failed("MG2003").FirstOrDefault() is { } tooShort)
        {
            return (SafeText.Of($"No: {tooShort.Message}."), AnswerState.Bad);
        }

        var beside = Reference(run);
        var curve = run.Of(Loss).Select(r => (Verdict: RunEvidence.Find(r, Convergence.Info)?.Text.Value, Level: RunEvidence.Find(r, LossLevel.Info), Window: RunEvidence.Find(r, WindowStep.Info))).FirstOrDefault(c => c.Level is not null);
        var series = curve.Level?.Subject ?? SafeText.Empty;
        return curve.Verdict switch
        {
            "converged" => (SafeText.Of($"{came}{beside}; {series} has stopped falling, so more steps would gain little."), AnswerState.Good),
            "converging" => (SafeText.Of($"{came}{beside}; {series} was still falling when it ended."), AnswerState.Bad),
            "stagnant" or "oscillating" or "saturated" => (SafeText.Of($"{came}{beside}; {series} has not fallen since step {curve.Window?.Observed ?? 0:0}: more steps of the same would not help."), AnswerState.Good),
            "diverging" => (SafeText.Of($"{came}{beside}; {series} rises: it was trained for too long, or with too high a rate."), AnswerState.Bad),
            "not finite" or "frozen" => (SafeText.Of($"{came}{beside}; the steps after the losses broke do not count as training."), AnswerState.Bad),
            _ => (SafeText.Of($"{came}{beside}; no curve tells whether that was enough."), AnswerState.Unknown),
        };
    }

    private static SafeText Came(RunEvidence run)
    {
        var parts = new List<SafeText>();
        var step = Highest(run.Measured("MG2002", TrainingStep.Info)) ?? Highest(run.Measured(Loss, LossLastStep.Info));
        if (step is { } steps)
        {
            parts.Add(SafeText.Count((long)steps, "step"));
        }

        if (Highest(run.Measured("MG2002", TrainingEpoch.Info)) is { } epochs)
        {
            parts.Add(SafeText.Count((long)epochs, "epoch"));
        }

        var size = Highest(Segments.SelectMany(g => run.Measured(g, DataSetSegments.Info)));
        var on = size is { } segments ? SafeText.Of($" on {SafeText.Count((long)segments, "segment")}") : SafeText.Empty;
        return parts.Count == 0 ? SafeText.Empty : SafeText.Of($"It came to {SafeText.Join(" and ", parts)}{on}");
    }

    private static SafeText Reference(RunEvidence run)
    {
        var reference = run.Of("MG3004").SelectMany(r => r.Measurements).Where(m => m.Role == ArtifactRole.ReferenceModel && m.Observed is not null).ToArray();
        return reference.FirstOrDefault(m => m.Signal == TrainingEpoch.Info.Name) is { } epochs ? SafeText.Of($"; {epochs.Path}, which works, has {SafeText.Count((long)epochs.Observed!.Value, "epoch")}")
            : reference.FirstOrDefault(m => m.Signal == TrainingStep.Info.Name) is { } steps ? SafeText.Of($"; {steps.Path}, which works, has {SafeText.Count((long)steps.Observed!.Value, "step")}")
            : SafeText.Empty;
    }

    private static double? Highest(IEnumerable<Measurement> measurements) => measurements.Max(m => m.Observed);
}
