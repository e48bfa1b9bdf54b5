namespace ModelGate.Readers;

/// <summary>Puts a reader into the catalogue, which is written at build time.</summary>
/// <param name="order">When a file is compared with it: from low to high, each number once among readers of files and once among readers of archives.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReaderAttribute(int order) : Attribute
{
    /// <summary>The format has a signature, or a loader would execute what looks like it.</summary>
    public const int BySignature = 100;

    /// <summary>The format is recognised by its structure: a text or a header that could be true.</summary>
    public const int ByStructure = 200;

    /// <summary>When a file is compared with the reader.</summary>
    public int Order => order;
}
