namespace ModelGate.Reports;

/// <summary>The terminal that a report is shown on.</summary>
/// <param name="Width">How many characters fit on a line.</param>
/// <param name="HasColours">Whether escape sequences colour its text.</param>
internal sealed record Terminal(int Width, bool HasColours);
