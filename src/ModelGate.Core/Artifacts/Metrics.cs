namespace ModelGate.Artifacts;

/// <summary>A team's own numbers, as an evaluation script writes them.</summary>
/// <param name="Format"><c>metrics-json</c> or <c>metrics-csv</c>.</param>
/// <param name="All">Every metric, in the order of first appearance.</param>
internal sealed record Metrics(string Format, IReadOnlyList<Metric> All) : Artifact(Format)
{
    /// <inheritdoc/>
    public override string Kind => "metrics";

    /// <summary>The metric of a name, or null.</summary>
    public Metric? Find(string name) => All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal));
}

/// <summary>One named number, or its course where the file has several rows.</summary>
/// <param name="Name">The column, or the dotted path of the members that lead to it: <c>eval.wer</c>. Text from the file.</param>
/// <param name="Values">The values in the order of the file, at least one; they may be NaN or infinite.</param>
internal sealed record Metric(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The value that counts: the last one.</summary>
    public double Value => Values[^1];
}
