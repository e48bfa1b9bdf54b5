namespace ModelGate.Signals.Curves;

/// <summary>What the trend makes over the whole window.</summary>
/// <remarks>The window is the second half of the points, and never fewer than six. Theil and Sen's slope times the window's steps; below 0 where the curve falls.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class LossChange() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Change);
}
