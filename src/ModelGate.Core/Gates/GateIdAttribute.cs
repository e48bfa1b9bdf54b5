namespace ModelGate.Gates;

/// <summary>The id of a gate: never reused, and the name of its page.</summary>
/// <param name="id">The id, such as <c>MG5001</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class GateIdAttribute(string id) : Attribute
{
    /// <summary>The id.</summary>
    public string Id { get; } = id;

    /// <summary>Whether the gate stands for what a configuration says in <c>require</c>, and not under <c>gates</c>.</summary>
    public bool FromRequirements { get; init; }
}
