using ModelGate.Runs;

namespace ModelGate.Signals.Keys;

/// <summary>The number of common keys whose element type is not the one that the architecture states.</summary>
/// <remarks>A key for which the architecture states no type fits any.</remarks>
[Signal(MeasuredOn.ModelAndArchitecture, Unit = "keys", Better = Better.Lower)]
internal sealed partial class DifferentDtypes : Signal;
