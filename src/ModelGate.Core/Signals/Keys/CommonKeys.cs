using ModelGate.Runs;

namespace ModelGate.Signals.Keys;

/// <summary>The number of keys that the model and the architecture have in common.</summary>
/// <remarks>By name, whatever the shapes.</remarks>
[Signal(MeasuredOn.ModelAndArchitecture, Unit = "keys", Better = Better.Higher)]
internal sealed partial class CommonKeys : Signal;
