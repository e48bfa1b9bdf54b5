namespace ModelGate.Artifacts;

/// <summary>A team's own numbers, as an evaluation script writes them.</summary>
/// <param name="Format"><c>json</c>, <c>json-lines</c> or <c>csv</c>.</param>
/// <param name="ByName">Every metric by its name, in the order of the file. Names are text from the file.</param>
/// <param name="Others">What the file holds under its other names, such as <c>a string</c>: why a name is not a metric.</param>
internal sealed record Metrics(string Format, IReadOnlyDictionary<string, Metric> ByName, IReadOnlyDictionary<string, string> Others) : Artifact(Format)
{
    /// <summary>What a column holds whose numbers have a comma where a point belongs.</summary>
    public const string DecimalComma = "numbers with a decimal comma";

    /// <inheritdoc/>
    public override string Kind => "metrics";
}

/// <summary>A named number; or a series of them, where the file has a row or a list of values.</summary>
/// <param name="Values">The values in the order of the file, at least one; they may be NaN or infinite.</param>
internal sealed record Metric(IReadOnlyList<double> Values)
{
    /// <summary>The value that counts: the last one.</summary>
    public double Value => Values[^1];
}
