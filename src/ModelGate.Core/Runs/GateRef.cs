namespace ModelGate.Runs;

/// <summary>The gate that a result comes from, by what a report says of it.</summary>
/// <param name="Id">The id, such as <c>MG5001</c>.</param>
/// <param name="Name">The name in a configuration, such as <c>spectral-flatness-must-stay-below</c>.</param>
/// <param name="Summary">What the gate asks for, in one sentence.</param>
/// <param name="Help">The docs page, relative to the repository's root.</param>
internal sealed record GateRef(string Id, string Name, string Summary, string Help)
{
    /// <summary>The id and the name.</summary>
    public string Title => $"{Id} {Name}";
}
