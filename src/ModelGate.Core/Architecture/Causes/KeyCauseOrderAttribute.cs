namespace ModelGate.Architecture.Causes;

/// <summary>
/// Puts a cause into the list of causes, which a source generator writes: a new cause is one file. Of two causes that would explain the
/// same mismatches the one with the lower number speaks, so the narrower has the lower number.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KeyCauseOrderAttribute(int order) : Attribute
{
    /// <summary>The position: tens, so that there is room between two.</summary>
    public int Order { get; } = order;
}
