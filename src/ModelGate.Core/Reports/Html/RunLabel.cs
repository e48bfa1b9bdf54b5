using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What a page calls a run of a history.</summary>
internal static class RunLabel
{
    private const int ShortCommit = 12;

    /// <summary>Its name, commit and date, as far as they are known; else its number.</summary>
    public static SafeText Of(HistoryEntry entry)
    {
        var origin = entry.Summary?.Origin ?? new RunOrigin();
        var commit = origin.Commit.Value;
        SafeText[] parts =
        [
            origin.Name,
            SafeText.From(commit[..Math.Min(commit.Length, ShortCommit)]),
            origin.Date is { } date ? SafeText.From(RunOrigin.Spell(date)[..10]) : SafeText.Empty,
        ];
        return parts.All(p => p.IsEmpty) ? SafeText.Of($"run {entry.Run + 1}") : SafeText.Join(", ", parts.Where(p => !p.IsEmpty));
    }
}
