namespace ModelGate.Signals.Curves;

/// <summary>The last step of a curve.</summary>
/// <remarks>As the log numbers its steps.</remarks>
[Signal(MeasuredOn.Series, Unit = "steps")]
internal sealed partial class LossLastStep() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Last.Step);
}
