namespace ModelGate.Runs;

/// <summary>What runs measured, one after the other.</summary>
/// <param name="Runs">The entries, the oldest first.</param>
internal sealed record RunHistory(IReadOnlyList<Baseline> Runs)
{
    /// <summary>The entries of one model, each with the number of its run.</summary>
    /// <param name="name">The model's name, as reports know it.</param>
    /// <param name="folder">The full path of its folder, where that is known; entries that know it by another name are found by it.</param>
    public IReadOnlyList<HistoryEntry> Of(string name, string folder = "")
        => [.. Runs.Index().Select(r => (r.Index, Model: r.Item.Models.FirstOrDefault(m => m.Name.Value == name) ?? (folder.Length == 0 ? null : r.Item.ModelOf(folder, isOneOfSeveral: true)), r.Item.Run))
            .Where(r => r.Model is not null).Select(r => new HistoryEntry(r.Index, r.Model!, r.Run))];

    /// <summary>What one number was in each run, for every number of the last one.</summary>
    /// <param name="entries">The entries of a model.</param>
    /// <remarks>Values of another definition than the last one's (its revision, unit or direction) are left out: they are not comparable.</remarks>
    public static IReadOnlyList<HistorySeries> Series(IReadOnlyList<HistoryEntry> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var earlier = entries.SelectMany(e => e.Model.Values.Select(v => (e.Run, Value: v))).ToLookup(p => (p.Value.Signal, p.Value.Subject.Value, p.Value.Revision, p.Value.Unit, p.Value.Better));
        return [.. entries[^1].Model.Values.Select(v => new HistorySeries(v, [.. earlier[(v.Signal, v.Subject.Value, v.Revision, v.Unit, v.Better)].Select(p => (p.Run, p.Value.Value))]))];
    }
}

/// <summary>One model in one run.</summary>
/// <param name="Run">The number of the run, from 0 for the oldest.</param>
/// <param name="Model">What it measured.</param>
/// <param name="Summary">Which run it was; null where nobody says.</param>
internal sealed record HistoryEntry(int Run, BaselineModel Model, RunSummary? Summary);

/// <summary>One number over the runs.</summary>
/// <param name="Last">What it is in the last run.</param>
/// <param name="Points">The runs that measured it, the oldest first, with what it was.</param>
internal sealed record HistorySeries(BaselineValue Last, IReadOnlyList<(int Run, double Value)> Points)
{
    /// <summary>How much worse it got since the run before, as a share of what it was; below 0 where it got better, 0 where it is new, and infinite from 0.</summary>
    public double Worsening => Points is not [.., var (_, before), var (_, now)] || now.Equals(before) ? 0
        : (Last.Better == Better.Lower ? now - before : before - now) / Math.Abs(before);
}
