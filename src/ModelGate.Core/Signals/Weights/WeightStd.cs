namespace ModelGate.Signals.Weights;

/// <summary>The standard deviation of the finite weights of a tensor.</summary>
/// <remarks>√(Σ(x − mean)²/n), the population's, in double precision. Complex numbers count as their two parts, quantized tensors are dequantized, sparse ones count as dense.</remarks>
[Signal(MeasuredOn.Weights)]
internal sealed partial class WeightStd() : Signal<WeightStatistics>(new StatisticsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(WeightStatistics result) => result.Readings(s => s.StandardDeviation);
}
