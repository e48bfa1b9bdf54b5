namespace ModelGate.Artifacts;

/// <summary>Says that a checkpoint contains code.</summary>
internal static class CodeSentence
{
    private const int MostNames = 8;

    /// <summary>The sentence for what <see cref="Checkpoint.Code"/> lists.</summary>
    public static SafeText Of(IReadOnlyList<SafeText> code)
    {
        var more = code.Count > MostNames ? SafeText.Of($", and {code.Count - MostNames} more") : SafeText.Empty;
        return SafeText.Of($"the file contains code that runs when it is loaded: {SafeText.Join(", ", code.Take(MostNames))}{more}");
    }
}
