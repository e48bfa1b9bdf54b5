namespace ModelGate.Signals.Weights;

/// <summary>The smallest finite weight of a tensor.</summary>
/// <remarks>Over each tensor of the state_dict. Complex numbers count as their two parts, quantized tensors are dequantized, sparse ones count as dense.</remarks>
[Signal(MeasuredOn.Weights)]
internal sealed partial class WeightMin() : Signal<WeightStatistics>(new StatisticsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(WeightStatistics result) => result.Readings(s => s.Minimum);
}
