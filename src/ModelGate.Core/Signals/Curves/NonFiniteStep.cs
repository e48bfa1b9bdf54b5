using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The first step at which a curve is NaN or infinite.</summary>
/// <remarks>Of the points that non-finite-points counts, the step of the first. A curve without any has none.</remarks>
[Signal(MeasuredOn.Series, Unit = "steps", Better = Better.Higher)]
internal sealed partial class NonFiniteStep() : Signal<LogFiniteness>(new FinitenessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(LogFiniteness result) => result.Broken.Select(s => Reading.Of(s.Since) with { Part = SafeText.From(s.Name) });
}
