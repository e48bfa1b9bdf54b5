using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>The number of weights that are infinite.</summary>
/// <remarks>Over every tensor of the state_dict. Complex numbers count as their two parts, quantized tensors are dequantized, sparse ones count as dense.</remarks>
[Signal(MeasuredOn.Weights, Unit = "elements", Better = Better.Lower)]
internal sealed partial class InfiniteWeights() : Signal<WeightStatistics>(new StatisticsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(WeightStatistics result) => [Reading.Of(result.Tensors.Sum(t => (double)t.Statistics.Infinite))];
}
