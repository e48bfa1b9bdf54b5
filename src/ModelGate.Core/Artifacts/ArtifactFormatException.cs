namespace ModelGate.Artifacts;

/// <summary>An artifact is malformed, or breaks a limit: it says what was expected, what was found, and where.</summary>
/// <remarks>It knows no path: readers see bytes. Whoever opened the file names it.</remarks>
internal sealed class ArtifactFormatException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="reason">A stable kebab-case code, such as <c>truncated</c> or <c>overlapping-entries</c>.</param>
    /// <param name="description">One sentence without a full stop, with the numbers.</param>
    /// <param name="offset">The byte offset in the file, where there is one.</param>
    public ArtifactFormatException(string reason, SafeText description, long? offset = null)
        : base(offset is { } at ? SafeText.Of($"{description} (offset {at})").Value : description.Value)
    {
        Reason = reason;
        Description = description;
        Offset = offset;
    }

    /// <summary>A stable kebab-case code for the kind of fault.</summary>
    public string Reason { get; }

    /// <summary>What was expected and what was found.</summary>
    public SafeText Description { get; }

    /// <summary>The byte offset in the file, where there is one.</summary>
    public long? Offset { get; }

    /// <summary>The format that the bytes were taken for, where it was recognised before the fault.</summary>
    public string? Format { get; init; }

    /// <summary>What a checkpoint's pickles had asked for before the fault: a later parse error never hides it.</summary>
    public IReadOnlyList<GlobalUse> Globals { get; init; } = [];

    /// <summary>What is wrong besides: the damage to a file that was refused for something graver.</summary>
    public ArtifactFormatException? Underlying { get; init; }

    /// <summary>Description and offset as one safe text.</summary>
    public SafeText Sentence => Offset is { } at ? SafeText.Of($"{Description} (offset {at})") : Description;
}
