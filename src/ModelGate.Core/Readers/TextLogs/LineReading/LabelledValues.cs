namespace ModelGate.Readers.TextLogs.LineReading;

/// <summary>The values of a line such as <c>Steps : 5, Gen Loss Total : 61.312, s/b: 0.4 lr: 0.0001</c>, each behind its label.</summary>
/// <param name="text">The line, or what of it holds values.</param>
/// <param name="sign">What stands between a label and its value.</param>
internal ref struct LabelledValues(ReadOnlySpan<char> text, char sign)
{
    private ReadOnlySpan<char> rest = text;

    /// <summary>The label of the value.</summary>
    public ReadOnlySpan<char> Label { get; private set; }

    /// <summary>The text of the value.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Takes the next label and its value; false at the end.</summary>
    public bool Next()
    {
        var at = rest.IndexOf(sign);
        if (at < 0)
        {
            return false;
        }

        Label = rest[..at];
        Label = Label[(Label.TrimEnd(" ,").LastIndexOf(',') + 1)..].Trim(" \t,;|");
        var value = rest[(at + 1)..].TrimStart();
        var length = value.IndexOfAny(" \t,;|");
        length = length < 0 ? value.Length : length;
        Text = value[..length];
        rest = value[length..];

        // A mean behind the value, as in "loss=2.17 (3.20)".
        var after = rest.TrimStart();
        if (after is ['(', ..] && after.IndexOf(')') is > 0 and var close && LogText.TryNumber(after[1..close], out _))
        {
            rest = after[(close + 1)..];
        }

        return true;
    }
}
