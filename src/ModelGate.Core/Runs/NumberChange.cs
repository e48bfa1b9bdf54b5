namespace ModelGate.Runs;

/// <summary>A number beside that of a baseline, where the two differ by more than is tolerated, or only one of them is there.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="Subject">What was measured, as the baseline knows it.</param>
/// <param name="Unit">The unit; empty for a pure number.</param>
/// <param name="Before">The baseline's number; null where it has none.</param>
/// <param name="Now">The run's number; null where it has none.</param>
internal sealed record NumberChange(NumberChangeKind Kind, string Signal, SafeText Subject, string Unit, double? Before, double? Now)
{
    /// <summary>The numbers as people read them: both with the digits that one of a report has.</summary>
    public SafeText Values
    {
        get
        {
            var unit = Unit.Length == 0 ? SafeText.Empty : SafeText.Of($" {SafeText.From(Unit)}");
            return (Before, Now) switch
            {
                ({ } before, { } now) => SafeText.Of($"{NumberText.Of(before)} → {NumberText.Of(now)}{unit}"),
                (null, { } now) => SafeText.Of($"{NumberText.Of(now)}{unit}"),
                ({ } before, null) => SafeText.Of($"was {NumberText.Of(before)}{unit}"),
                _ => SafeText.Empty,
            };
        }
    }
}

/// <summary>How a number differs from that of a baseline.</summary>
internal enum NumberChangeKind
{
    /// <summary>Worse by more than the tolerance.</summary>
    Worse,

    /// <summary>Better by more than the tolerance.</summary>
    Better,

    /// <summary>The baseline does not have it.</summary>
    New,

    /// <summary>The run does not have it.</summary>
    Gone,
}
