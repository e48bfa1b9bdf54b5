namespace ModelGate.Signals.Curves;

/// <summary>The step of the lowest value of a curve.</summary>
/// <remarks>The earliest of equal ones.</remarks>
[Signal(MeasuredOn.Series, Unit = "steps")]
internal sealed partial class LossMinStep() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Lowest.Step);
}
