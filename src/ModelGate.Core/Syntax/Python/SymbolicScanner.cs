using System.Globalization;

namespace ModelGate.Syntax.Python;

/// <summary>The words of an expression, one after the other.</summary>
internal ref struct SymbolicScanner(ReadOnlySpan<char> text)
{
    private const int MostDigits = 24;
    private const int LongestName = 64;

    private readonly ReadOnlySpan<char> text = text;
    private int at;

    /// <summary>The next character; NUL at the end.</summary>
    public readonly char Peek() => at < text.Length ? text[at] : '\0';

    /// <summary>The next character that is not a blank; NUL at the end.</summary>
    public char Skip() => Rest() is [var next, ..] ? next : '\0';

    /// <summary>What follows the blanks.</summary>
    public ReadOnlySpan<char> Rest()
    {
        while (Peek() == ' ')
        {
            at++;
        }

        return text[at..];
    }

    /// <summary>Goes on by so many characters, which are there.</summary>
    public void Advance(int count = 1) => at += count;

    /// <summary>Takes a character, after blanks; false where another one follows.</summary>
    public bool Take(char character)
    {
        if (Skip() != character)
        {
            return false;
        }

        at++;
        return true;
    }

    /// <summary>Takes a word that follows at once, without blanks before it.</summary>
    public bool TakeNext(string word)
    {
        if (!text[at..].StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        at += word.Length;
        return true;
    }

    /// <summary>Takes signs in front of an operand.</summary>
    public void TakeSigns()
    {
        while (Skip() is '+' or '-')
        {
            at++;
        }
    }

    /// <summary>Takes a text in quotes without escapes and brackets.</summary>
    public bool TakeQuoted()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            return false;
        }

        var length = text[(at + 1)..].IndexOf(quote);
        if (length < 0 || text.Slice(at + 1, length).ContainsAny('\\', '[', ']'))
        {
            return false;
        }

        at += length + 2;
        return true;
    }

    /// <summary>Takes a finite number of few digits; NaN where none follows.</summary>
    /// <param name="hasExponent">Whether it was written with a power of ten.</param>
    public double Number(out bool hasExponent)
    {
        var start = at;
        while (char.IsAsciiDigit(Peek()) || Peek() == '.' || (Peek() == 'e' && at > start) || (Peek() is '+' or '-' && at > start && text[at - 1] == 'e'))
        {
            at++;
        }

        var number = text[start..at];
        hasExponent = number.Contains('e');
        return number.Length is > 0 and <= MostDigits && double.TryParse(number, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            && !char.IsAsciiLetter(Peek()) && Peek() is not '_'
                ? value
                : double.NaN;
    }

    /// <summary>Takes a name; null where none follows, or one that Python keeps for itself.</summary>
    public string? Name()
    {
        var start = at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            at++;
        }

        var name = text[start..at];
        return name.Length is > 0 and <= LongestName && !char.IsAsciiDigit(name[0]) && !name.Contains("__", StringComparison.Ordinal) ? name.ToString() : null;
    }
}
