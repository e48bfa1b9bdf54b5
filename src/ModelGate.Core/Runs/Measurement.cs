namespace ModelGate.Runs;

/// <summary>A number that was measured, beside what was required of it.</summary>
/// <param name="Signal">The signal's name in kebab-case, such as <c>spectral-flatness</c>.</param>
/// <param name="Subject">The part of the file that was measured: a series, a tensor, a channel; empty for the whole file.</param>
/// <param name="Observed">The value; null where there is none.</param>
/// <param name="Unit">The unit, empty for a pure number.</param>
internal sealed record Measurement(string Signal, SafeText Subject, double? Observed, string Unit = "")
{
    // A team's own metrics are named by their file, and a record may have been read from anywhere.

    /// <summary>The signal's name in kebab-case, such as <c>spectral-flatness</c>.</summary>
    public string Signal { get; } = SafeText.From(Signal, int.MaxValue).Value;

    /// <summary>The unit, empty for a pure number.</summary>
    public string Unit { get; } = SafeText.From(Unit, int.MaxValue).Value;

    /// <summary>The file that was measured, relative to the configuration; empty where it is none of one file.</summary>
    public SafeText Path { get; init; }

    /// <summary>The part that the file plays; null where it is none of one file.</summary>
    public ArtifactRole? Role { get; init; }

    /// <summary>The revision of the signal's definition: values of two revisions cannot be compared. Null where it is unknown.</summary>
    public int? Revision { get; init; }

    /// <summary>The direction in which the value is better.</summary>
    public Better Better { get; init; }

    /// <summary>What is required of the value; none where it stands for information.</summary>
    public Requirement? Required { get; init; }

    /// <summary>A value that is not a number: a verdict, a file's name.</summary>
    public SafeText Text { get; init; }

    /// <summary>How far the value is on the right side of its limit, in its unit; negative on the wrong side; null without a limit.</summary>
    public double? Margin => Observed is { } value ? Required?.Margin(value) : null;

    /// <summary>What was measured: the file, and the part of it.</summary>
    public SafeText Place => Path.IsEmpty || Path == Subject ? Subject : Subject.IsEmpty ? Path : SafeText.Of($"{Path}: {Subject}");
}
