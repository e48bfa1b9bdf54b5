using ModelGate.Runs;

namespace ModelGate.Signals.Data;

/// <summary>How much of the sound of a data set's recordings their features explain, R².</summary>
/// <remarks>
/// A ridge regression from the features to ten log-mel bands at 50 frames a second, both centred over each segment, λ the mean of the diagonal of XᵀX, fitted on every second segment and tried on
/// the others, and the other way round: 1 - Σ(y - ŷ)² / Σy². At most 64 frames of each segment count. It is negative where less than nothing is explained.
/// </remarks>
[Signal(MeasuredOn.DataSet, Better = Better.Higher)]
internal sealed partial class FeatureFit : Signal;
