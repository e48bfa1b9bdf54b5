namespace ModelGate.Signals.Curves;

/// <summary>How certain the direction of a curve is at its end, in standard deviations.</summary>
/// <remarks>The window is the second half of the points, and never fewer than six. The Mann-Kendall statistic (Kendall 1975), corrected for ties and for autocorrelation (Hamed and Rao 1998); below 0 where the curve falls.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class LossTrendZ() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.TrendZ);
}
