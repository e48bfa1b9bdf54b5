using ModelGate.Runs;

namespace ModelGate.Signals.Keys;

/// <summary>The number of keys that the architecture expects and the model lacks.</summary>
/// <remarks>Names are compared exactly, among those that the gate's options select.</remarks>
[Signal(MeasuredOn.ModelAndArchitecture, Unit = "keys", Better = Better.Lower)]
internal sealed partial class MissingKeys : Signal;
