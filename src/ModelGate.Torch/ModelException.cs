namespace ModelGate.Torch;

/// <summary>A step cannot be answered, for a reason that lies with the model, its inputs or the request.</summary>
/// <param name="sentence">One sentence without a full stop.</param>
internal sealed class ModelException(SafeText sentence) : Exception(sentence.Value)
{
    /// <summary>The reason.</summary>
    public SafeText Sentence { get; } = sentence;
}
