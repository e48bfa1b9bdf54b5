using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The lowest finite value of a curve.</summary>
/// <remarks>The earliest of equal ones.</remarks>
[Signal(MeasuredOn.Series, Better = Better.Lower)]
internal sealed partial class LossMin() : Signal<LogCurves>(new CurveMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogCurves result) => result.Readings(e => e.Lowest.Value);
}
