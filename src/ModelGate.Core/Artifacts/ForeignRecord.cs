namespace ModelGate.Artifacts;

/// <summary>A record of an archive that files of its kind do not have.</summary>
/// <param name="Name">Its name. Text from the file.</param>
/// <param name="What">What its bytes are, where that is something that a loader or a person would run or open: a pickle, an archive, code; null where they are anything else.</param>
internal sealed record ForeignRecord(string Name, string? What)
{
    private const int MostNames = 8;

    /// <summary>One sentence for all of them.</summary>
    public static SafeText Sentence(IReadOnlyList<ForeignRecord> records)
    {
        var more = records.Count > MostNames ? SafeText.Of($", and {records.Count - MostNames} more") : SafeText.Empty;
        var names = SafeText.Join(", ", records.Take(MostNames).Select(r => r.What is { } what ? SafeText.Of($"{r.Name} ({SafeText.From(what)})") : SafeText.From(r.Name)));
        return SafeText.Of($"{SafeText.Count(records.Count, "record is", "records are")} not part of a file of this kind: {names}{more}");
    }
}
