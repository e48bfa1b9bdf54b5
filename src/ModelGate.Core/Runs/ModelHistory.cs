namespace ModelGate.Runs;

/// <summary>The runs of one model, as a page of many shows them.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Entries">Its entries, the oldest first; at least one.</param>
/// <param name="Runs">How many runs the history has: those without an entry did not judge this model.</param>
internal sealed record ModelHistory(SafeText Name, IReadOnlyList<HistoryEntry> Entries, int Runs)
{
    /// <summary>The newest entry.</summary>
    public HistoryEntry Last => Entries[^1];

    /// <summary>What became of the model in its newest run.</summary>
    public Verdict Verdict => Last.Model.Verdict ?? Verdict.Inconclusive;
}
