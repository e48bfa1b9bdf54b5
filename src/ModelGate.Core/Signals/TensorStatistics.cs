using ModelGate.Artifacts;

namespace ModelGate.Signals;

/// <summary>Placeholder until the readers land.</summary>
public sealed record TensorStatistics(long NaN, long Infinite, double? Minimum, double? Maximum, double? Mean, double? StandardDeviation)
{
    /// <summary>Measures a tensor.</summary>
    public static TensorStatistics? Measure(TensorEntry tensor) => null;
}
