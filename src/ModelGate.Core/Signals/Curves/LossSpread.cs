using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>How far a curve scatters around its trend at its end.</summary>
/// <remarks>The window is the second half of the points, and never fewer than six. The median absolute deviation from the trend, times 1.4826: a normal distribution's standard deviation.</remarks>
[Signal(MeasuredOn.Series, Better = Better.Lower)]
internal sealed partial class LossSpread() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Spread);
}
