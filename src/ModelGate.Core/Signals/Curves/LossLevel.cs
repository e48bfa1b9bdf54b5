using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The level that a curve ends at: the median of its last points.</summary>
/// <remarks>The window is the second half of the points, and never fewer than six. The signal has no value if a point in the window is NaN or infinite.</remarks>
[Signal(MeasuredOn.Series, Better = Better.Lower)]
internal sealed partial class LossLevel() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Level);
}
