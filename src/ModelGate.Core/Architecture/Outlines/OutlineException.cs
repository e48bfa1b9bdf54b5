namespace ModelGate.Architecture.Outlines;

/// <summary>There is no outline; the sentence says why.</summary>
internal sealed class OutlineException(SafeText sentence) : Exception(sentence.Value)
{
    /// <summary>Why, without a full stop.</summary>
    public SafeText Sentence { get; } = sentence;
}
