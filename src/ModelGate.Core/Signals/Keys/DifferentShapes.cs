using ModelGate.Runs;

namespace ModelGate.Signals.Keys;

/// <summary>The number of common keys whose shape is not the expected one.</summary>
/// <remarks>Shapes are equal where all their sizes are.</remarks>
[Signal(MeasuredOn.ModelAndArchitecture, Unit = "keys", Better = Better.Lower)]
internal sealed partial class DifferentShapes : Signal;
