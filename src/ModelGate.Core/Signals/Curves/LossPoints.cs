namespace ModelGate.Signals.Curves;

/// <summary>The number of points of a curve.</summary>
/// <remarks>Of a step that ran twice, the later point counts.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class LossPoints() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Points);
}
