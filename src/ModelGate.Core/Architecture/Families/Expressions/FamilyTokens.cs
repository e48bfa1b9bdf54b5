using System.Buffers;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>The words and signs of an expression, one after the other.</summary>
internal ref struct FamilyTokens
{
    // Longer operators first: "//" would else be read as "/" twice.
    private static readonly string[] Symbols = ["**", "//", ">>", "<<", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "%", "(", ")", "[", "]", ","];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private readonly ReadOnlySpan<char> text;
    private int at;

    /// <summary>Stands before the first one.</summary>
    public FamilyTokens(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>The whole expression.</summary>
    public readonly string Text => text.ToString();

    /// <summary>Whether a text is a name: a letter or underscore, then letters, digits and underscores.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
        => !text.IsEmpty && (char.IsAsciiLetter(text[0]) || text[0] == '_') && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Goes past a token where it is the next one.</summary>
    public bool Take(string token)
    {
        var matches = Peek().SequenceEqual(token);
        if (matches)
        {
            Next();
        }

        return matches;
    }

    /// <summary>Goes past a token, which has to be the next one.</summary>
    public void Expect(string token)
    {
        if (!Take(token))
        {
            throw Unexpected();
        }
    }

    /// <summary>The next token, empty at the end.</summary>
    public ReadOnlySpan<char> Peek()
    {
        var before = at;
        var token = Next();
        at = before;
        return token;
    }

    /// <summary>Goes past the next token.</summary>
    public ReadOnlySpan<char> Next()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var rest = text[at..];
        var length = Length(rest);
        at += length;
        return rest[..length];
    }

    /// <summary>The error for what cannot stand here.</summary>
    public readonly FamilyException Unexpected()
        => new(SafeText.Of($"\"{text.ToString()}\" cannot be read as arithmetic at character {Math.Min(at, text.Length) + 1}"));

    private readonly int Length(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
        {
            return 0;
        }

        if (rest[0] == '\'')
        {
            var end = rest[1..].IndexOf('\'');
            return end < 0 ? throw Unexpected() : end + 2;
        }

        var word = rest.IndexOfAnyExcept(NameCharacters);
        if (word != 0)
        {
            return word < 0 ? rest.Length : word;
        }

        foreach (var symbol in Symbols)
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                return symbol.Length;
            }
        }

        throw Unexpected();
    }
}
