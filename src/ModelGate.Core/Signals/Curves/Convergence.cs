namespace ModelGate.Signals.Curves;

/// <summary>How a curve ends, in a word.</summary>
/// <remarks>converged, converging, stagnant, oscillating, diverging, saturated, not finite or too few points; docs/gates/MG4001.md has the rules. It is a judgement: the gate loss-must-converge makes it.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class Convergence : Signal;
