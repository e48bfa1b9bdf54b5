namespace ModelGate.Signals.Curves;

/// <summary>How fast a curve changes at its end.</summary>
/// <remarks>The window is the second half of the points, and never fewer than six. Theil and Sen's slope (Sen 1968): the median of the slopes between all pairs of points; of more than 400 points, between the medians of 400 equal blocks.</remarks>
[Signal(MeasuredOn.Series, Unit = "per 1000 steps")]
internal sealed partial class LossTrend() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Slope * 1000);
}
