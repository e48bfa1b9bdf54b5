namespace ModelGate.Runs;

/// <summary>A number that was measured, beside what was required of it.</summary>
/// <param name="Signal">The signal's name in kebab-case, such as <c>spectral-flatness</c>.</param>
/// <param name="Subject">What was measured: a file, a tag, a key.</param>
/// <param name="Observed">The value; null where there is none.</param>
/// <param name="Unit">The unit, empty for a pure number.</param>
internal sealed record Measurement(string Signal, SafeText Subject, double? Observed, string Unit = "")
{
    /// <summary>What is required of the value; none where it stands for information.</summary>
    public Requirement? Required { get; init; }

    /// <summary>A value that is not a number: a verdict, a file's name.</summary>
    public SafeText Text { get; init; }

    /// <summary>How far the value is on the right side of its limit, in its unit; negative on the wrong side; null without a limit.</summary>
    public double? Margin => Observed is { } value ? Required?.Margin(value) : null;
}
