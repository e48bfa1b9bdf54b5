namespace ModelGate.Signals.Curves;

/// <summary>The first finite value of a curve.</summary>
/// <remarks>The very first value where none is finite.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class LossFirst() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.First.Value);
}
