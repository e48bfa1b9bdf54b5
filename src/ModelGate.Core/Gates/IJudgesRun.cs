using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>A gate that judges what the other gates of the run measured.</summary>
internal interface IJudgesRun
{
    /// <summary>Judges a run by a baseline that was given beside the configuration.</summary>
    /// <param name="name">What the baseline is called.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">An instance of the gate's own options record.</param>
    Judgement Judge(SafeText name, Baseline baseline, JudgedRun run, object options);
}
