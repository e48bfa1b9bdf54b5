namespace ModelGate.Signals.Curves;

/// <summary>The step at which the judged window of a curve begins.</summary>
/// <remarks>The window is the second half of the points, and never fewer than six.</remarks>
[Signal(MeasuredOn.Series, Unit = "steps")]
internal sealed partial class WindowStep() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.WindowStep);
}
