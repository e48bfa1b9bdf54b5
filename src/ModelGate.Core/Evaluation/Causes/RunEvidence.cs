using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation.Causes;

/// <summary>What the gates of one evaluation found and measured, as those read it who join it.</summary>
/// <param name="results">What the gates say.</param>
/// <param name="artifacts">The files that were read.</param>
internal sealed class RunEvidence(IReadOnlyList<RunResult> results, IReadOnlyList<RunArtifact> artifacts)
{
    /// <summary>What a gate says of each of its subjects.</summary>
    public IEnumerable<RunResult> Of(string gate) => results.Where(r => r.Gate.Id == gate);

    /// <summary>What a gate holds against its subjects.</summary>
    public IEnumerable<RunResult> Failed(string gate) => Of(gate).Where(r => r.Outcome == Outcome.Failed);

    /// <summary>What passed a gate.</summary>
    public IEnumerable<RunResult> Passed(string gate) => Of(gate).Where(r => r.Outcome == Outcome.Passed);

    /// <summary>Whether a gate looked at anything.</summary>
    public bool Looked(string gate) => Of(gate).Any(r => r.Outcome is Outcome.Passed or Outcome.Failed or Outcome.Waived);

    /// <summary>Whether a file of a role was read.</summary>
    public bool Has(ArtifactRole role) => artifacts.Any(a => a.Role == role);

    /// <summary>The first measurement of a signal in a result; null where there is none.</summary>
    public static Measurement? Find(RunResult result, SignalInfo signal) => result.Measurements.FirstOrDefault(m => m.Signal == signal.Name);

    /// <summary>Whether a series is the mel loss of VITS and its children, which is measured behind the posterior encoder: it hears the true recording, whatever features belong to it.</summary>
    public static bool IsBehindThePosterior(SafeText series) => series.Value is "loss_mel" or "loss/g/mel";

    /// <summary>Every measurement of a signal by a gate that has a value.</summary>
    public IEnumerable<Measurement> Measured(string gate, SignalInfo signal) => Of(gate).SelectMany(r => r.Measurements).Where(m => m.Signal == signal.Name && m.Observed is not null);

    /// <summary>Whether a result is about a file of a role; where the files are not known, by no role but what is asked for.</summary>
    public bool IsOf(RunResult result, ArtifactRole role) => artifacts.Count == 0 || artifacts.Any(a => a.Path == result.Artifact && a.Role == role);

    /// <summary>The step at which a checkpoint was saved: what it states, where a gate compared the checkpoints' steps, else the number in its name; null where neither is known.</summary>
    public double? StepOf(SafeText path)
        => Measured("MG2002", TrainingStep.Info).FirstOrDefault(m => m.Path == path)?.Observed ?? CheckpointName.OfPath(path.Value).Step;
}
