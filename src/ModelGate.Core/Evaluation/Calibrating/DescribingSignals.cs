using ModelGate.Signals.Audio;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>Signals that say what a file is, not how good it is. No limit is proposed for them; that good and bad files differ in one makes the comparison unfair.</summary>
internal static class DescribingSignals
{
    /// <summary>Their names.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        Duration.Info.Name, SampleRate.Info.Name, TrainingStep.Info.Name, TrainingEpoch.Info.Name, ParameterCount.Info.Name, TensorCount.Info.Name,
    };
}
