namespace ModelGate.Runs;

/// <summary>What the findings of several gates come from: one sentence that joins them.</summary>
/// <param name="Message">The sentence, with the numbers.</param>
/// <param name="Explains">The ids of the gates whose findings it joins, sorted.</param>
internal sealed record Cause(SafeText Message, IReadOnlyList<string> Explains);
