namespace ModelGate.Artifacts;

/// <summary>What a reader made of a file's bytes.</summary>
/// <param name="Format">The format's name, such as <c>pytorch-zip</c> or <c>wave</c>: found by content, never by extension.</param>
internal abstract record Artifact(string Format)
{
    /// <summary>What it is, in one word: <c>checkpoint</c>, <c>log</c>, <c>audio</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What is odd in the file but does not stop it from being judged, one sentence each.</summary>
    public IReadOnlyList<SafeText> Warnings { get; init; } = [];
}
