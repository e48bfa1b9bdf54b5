using ModelGate.Runs;

namespace ModelGate.Signals.Running;

/// <summary>How far the output of a run is from the recorded one.</summary>
/// <remarks>The greatest absolute difference of two elements of the same place.</remarks>
[Signal(MeasuredOn.ModelRun, Better = Better.Lower)]
internal sealed partial class OutputDifference : Signal;
