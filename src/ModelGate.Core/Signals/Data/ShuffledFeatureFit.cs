namespace ModelGate.Signals.Data;

/// <summary>How much of the sound features of other recordings explain: the largest R² of forty shuffled pairings.</summary>
/// <remarks>As feature-fit, with each recording paired with the features of another one, at random and the same on every machine. It is what chance reaches.</remarks>
[Signal(MeasuredOn.DataSet)]
internal sealed partial class ShuffledFeatureFit : Signal;
