namespace ModelGate.Signals.Weights;

/// <summary>The mean of the finite weights of a tensor.</summary>
/// <remarks>The arithmetic mean, in double precision by the shifted-data algorithm of Chan, Golub and LeVeque (1983). Complex numbers count as their two parts, quantized tensors are dequantized, sparse ones count as dense.</remarks>
[Signal(MeasuredOn.Weights)]
internal sealed partial class WeightMean() : Signal<WeightStatistics>(new StatisticsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(WeightStatistics result) => result.Readings(s => s.Mean);
}
