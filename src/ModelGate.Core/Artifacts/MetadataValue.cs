namespace ModelGate.Artifacts;

/// <summary>A scalar that a checkpoint stores beside its tensors: null, a truth value, a number, a text, or a list of such.</summary>
internal abstract record MetadataValue
{
    private MetadataValue()
    {
    }

    /// <summary>Python's None.</summary>
    public sealed record Null : MetadataValue;

    /// <summary>True or False.</summary>
    public sealed record Bool(bool Value) : MetadataValue;

    /// <summary>An integer that fits 64 bits.</summary>
    public sealed record Integer(long Value) : MetadataValue;

    /// <summary>A floating-point number, perhaps not finite.</summary>
    public sealed record Real(double Value) : MetadataValue;

    /// <summary>Text from the file; also integers beyond 64 bits, in decimal.</summary>
    public sealed record Text(string Value) : MetadataValue;

    /// <summary>A short list of scalars or of lists of them, such as RVC's eighteen-element config.</summary>
    public sealed record List(IReadOnlyList<MetadataValue> Items) : MetadataValue
    {
        /// <summary>Whether a Python literal spells it as a tuple.</summary>
        public bool IsTuple { get; init; }
    }

    /// <summary>Something that is none of these: its class's name. Text from the file.</summary>
    public sealed record Opaque(string Description) : MetadataValue;
}
