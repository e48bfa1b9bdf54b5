namespace ModelGate.Gates;

/// <summary>Gives a gate its id, and by that puts it into the catalogue. An id is never used again.</summary>
/// <param name="id">MG and four digits; the first says what the gate is about (docs/architecture.md).</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class GateIdAttribute(string id) : Attribute
{
    /// <summary>The id.</summary>
    public string Id { get; } = id;
}
