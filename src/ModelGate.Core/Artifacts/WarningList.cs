namespace ModelGate.Artifacts;

/// <summary>What is odd in a file, as far as a person would read it: a file may be odd a million times.</summary>
internal static class WarningList
{
    private const int Most = 64;

    /// <summary>Whether nothing more is listed: then further warnings need not be put into words.</summary>
    public static bool IsFull(this List<SafeText> warnings) => warnings.Count > Most;

    /// <summary>Takes note of something odd, unless there is enough of it.</summary>
    public static void Note(this List<SafeText> warnings, SafeText warning)
    {
        if (warnings.Count < Most)
        {
            warnings.Add(warning);
        }
        else if (warnings.Count == Most)
        {
            warnings.Add(SafeText.Of($"more is odd about the file, and not listed"));
        }
    }

    /// <summary>Takes note of several things.</summary>
    public static void NoteAll(this List<SafeText> warnings, IEnumerable<SafeText> others)
    {
        foreach (var other in others)
        {
            warnings.Note(other);
        }
    }
}
