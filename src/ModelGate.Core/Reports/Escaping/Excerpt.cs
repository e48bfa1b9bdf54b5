namespace ModelGate.Reports.Escaping;

/// <summary>Text that is kept short, because what shows it cuts or refuses a longer one.</summary>
internal static class Excerpt
{
    /// <summary>The text, or its beginning and an ellipsis, in at most <paramref name="longest"/> characters.</summary>
    public static string Of(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        // Half of a surrogate pair is not a character, and no encoder takes it.
        var end = longest - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
