namespace ModelGate.Signals.Curves;

/// <summary>The share of a run that came after its best step.</summary>
/// <remarks>The steps from best-step to the last, over the steps from the first to the last.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class ShareAfterBest : Signal;
