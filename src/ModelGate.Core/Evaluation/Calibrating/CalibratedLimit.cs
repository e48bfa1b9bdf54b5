using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>A limit that follows from good and bad files.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Requirement">The limit and its side.</param>
internal sealed record CalibratedLimit(SignalInfo Signal, Requirement Requirement)
{
    /// <summary>
    /// The chance that some limit would part as many bad files from the good ones although no signal had anything to do with them: the hypergeometric
    /// tail, times the number of limits that were tried (Bonferroni).
    /// </summary>
    public double Chance { get; init; } = 1;

    /// <summary>The distance between the files next to the limit on both sides, in the signal's unit, by the spread of the good files.</summary>
    public double Gap { get; init; }

    /// <summary>Whether so many bad files lie beyond the limit that chance does not explain it: in fewer than one of twenty tries.</summary>
    public bool IsSupported => Chance < 0.05;

    /// <summary>Whether a file keeps the limit. One without a value does not, unless it takes a reference: there the gate that has the limit does not judge.</summary>
    public bool IsKeptBy(CalibrationFile file) => file.ValueOf(Signal.Name, Requirement.Relation) is { } value ? Requirement.IsMetBy(value) : Signal.On == MeasuredOn.OutputAndReference;
}
