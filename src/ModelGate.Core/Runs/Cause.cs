namespace ModelGate.Runs;

/// <summary>What the findings of several gates come from: one sentence that joins them.</summary>
/// <param name="Message">The sentence, with the numbers.</param>
/// <param name="Explains">The ids of the gates whose findings it joins, sorted.</param>
internal sealed record Cause(SafeText Message, IReadOnlyList<string> Explains)
{
    /// <summary>The model that it is about, where a record holds several; see <see cref="RunRecord.In"/>.</summary>
    public SafeText Group { get; init; }

    /// <summary>The message with the model's folder before it, where there are several.</summary>
    public SafeText Sentence => Group.IsEmpty ? Message : SafeText.Of($"{Group}: {Message}");
}
