using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>How often training began again from nothing behind a run that had learned something.</summary>
/// <remarks>Starts whose steps go back to where the run began, with a loss that does so too. The gate training-must-not-have-restarted counts them.</remarks>
[Signal(MeasuredOn.Series, Better = Better.Lower)]
internal sealed partial class RunsLost : Signal;
