using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates.Audio;

/// <summary>Collects what was measured on a recording beside what is required of it, and the findings of what is not met.</summary>
/// <param name="path">The recording that the verdict is about.</param>
internal sealed class LimitChecks(string path)
{
    private readonly List<Measurement> measurements = [];
    private readonly List<Finding> findings = [];

    /// <summary>What was noted so far, in its order.</summary>
    public IReadOnlyList<Measurement> Measurements => measurements;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool AreMet => findings.Count == 0;

    /// <summary>Notes a value that nothing is required of.</summary>
    public void Note(SignalInfo signal, double? value, SafeText part = default) => measurements.Add(signal.Of(path, value, part));

    /// <summary>Notes a value that has a limit; a finding where it is not met. What has no value meets every limit: the caller knows why there is none.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="value">The value.</param>
    /// <param name="relation">On which side of the limit it has to be.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="message">What is wrong where it is not met.</param>
    /// <param name="remedy">What can be done.</param>
    /// <param name="part">The channel that the value is of; empty for the recording.</param>
    public void Require(SignalInfo signal, double? value, Relation relation, double limit, SafeText message, SafeText remedy = default, SafeText part = default)
    {
        var required = new Requirement(relation, limit);
        var measurement = signal.Of(path, value, part) with { Required = required };
        measurements.Add(measurement);
        if (value is { } number && !required.IsMetBy(number))
        {
            findings.Add(new Finding(message) { Remedy = remedy, Evidence = [measurement] });
        }
    }

    /// <summary>The judgement: what is wrong, or else the sentence that says what was found.</summary>
    public Judgement Judge(SafeText passed)
        => Judgement.Of(findings.Count > 0 ? SafeText.Join("; ", findings.Select(f => f.Message)) : passed, measurements, findings);

    /// <summary>No judgement, with what was measured.</summary>
    public Judgement Inconclusive(SafeText reason) => Judgement.Inconclusive(reason) with { Measurements = measurements };

    /// <summary>What is wrong with the output by itself; else, since its reference cannot be used, no judgement.</summary>
    public Judgement WithoutReference(string reference, SafeText problem)
        => findings.Count > 0 ? Judge(default) : Inconclusive(SafeText.Of($"{reference}, beside which it is judged, cannot be used: {problem}"));
}
