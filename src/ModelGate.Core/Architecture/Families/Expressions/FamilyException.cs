namespace ModelGate.Architecture.Families.Expressions;

/// <summary>Hyperparameters from which no list of keys can be made: what is wrong, in one sentence without a full stop.</summary>
internal sealed class FamilyException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="sentence">What is wrong.</param>
    public FamilyException(SafeText sentence)
        : base(sentence.Value) => Sentence = sentence;

    /// <summary>What is wrong.</summary>
    public SafeText Sentence { get; }
}
