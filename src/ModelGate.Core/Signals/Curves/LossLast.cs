namespace ModelGate.Signals.Curves;

/// <summary>The last value of a curve.</summary>
/// <remarks>No value where it is not finite.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class LossLast() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Last.Value);
}
