using ModelGate.Runs;

namespace ModelGate.Signals;

/// <summary>What is known of a signal at build time.</summary>
/// <param name="Name">The name in configurations and reports, such as <c>spectral-flatness</c>.</param>
/// <param name="Unit">The unit; empty for a pure number.</param>
/// <param name="On">What it is measured on.</param>
/// <param name="Better">The direction in which it gets better.</param>
/// <param name="Revision">Counts the changes of the definition.</param>
/// <param name="Summary">One sentence: the class's summary.</param>
/// <param name="Definition">How it is computed, with the source of the formula: the class's remarks.</param>
internal sealed record SignalInfo(string Name, string Unit, MeasuredOn On, Better Better, int Revision, string Summary, string Definition);
