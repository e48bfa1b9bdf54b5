using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The number of points of a curve that are NaN or infinite.</summary>
/// <remarks>Infinities at the very beginning do not count, as fp16 makes them until its scale is found; nor do up to two at the end of a gradient's norm, and any within it, which are skipped steps.</remarks>
[Signal(MeasuredOn.Series, Unit = "points", Better = Better.Lower)]
internal sealed partial class NonFinitePoints() : Signal<LogFiniteness>(new FinitenessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogFiniteness result) => result.Series.Select(s => Reading.Of(s.Count) with { Part = SafeText.From(s.Name) });
}
