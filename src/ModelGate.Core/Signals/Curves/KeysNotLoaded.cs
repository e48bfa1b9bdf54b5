using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The number of weights that kept their random start, as the log says.</summary>
/// <remarks>Different names in lines such as "enc_q.pre.weight is not in the checkpoint". The gate weights-must-have-loaded counts them.</remarks>
[Signal(MeasuredOn.Series, Unit = "weights", Better = Better.Lower)]
internal sealed partial class KeysNotLoaded : Signal;
