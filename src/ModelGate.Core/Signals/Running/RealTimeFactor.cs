using ModelGate.Runs;

namespace ModelGate.Signals.Running;

/// <summary>How long the model computes for a second of audio.</summary>
/// <remarks>The median of the wall times of the counted runs, after one or more that are not counted, over the seconds of audio that each run makes; one thread. It is a number of the machine as much as of the model: model-must-be-fast-enough names the processor.</remarks>
[Signal(MeasuredOn.ModelRun, Better = Better.Lower)]
internal sealed partial class RealTimeFactor : Signal;
