using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>The number of rows of matrices that are zero throughout.</summary>
/// <remarks>
/// Over the tensors of floating-point numbers with two dimensions or more in the state_dict. A row is all that shares the first index: an output channel of a linear or convolution layer, an entry of an embedding.
/// </remarks>
[Signal(MeasuredOn.Weights, Unit = "rows", Better = Better.Lower)]
internal sealed partial class DeadChannels() : Signal<WeightLife>(new LifeMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(WeightLife result) => [Reading.Of(result.Tensors.Sum(t => (double)t.DeadRows))];
}
