using System.Buffers;
using System.Globalization;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>Parses expressions: precedence as in Python, nesting bounded.</summary>
internal ref struct FamilyExpressionParser
{
    // Longer operators first: "//" would else be read as "/" twice.
    private static readonly string[] Symbols = ["**", "//", ">>", "<<", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "%", "(", ")", "[", "]", ","];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    // A chain of operators nests as deep as it is long.
    private const int LongestExpression = 512;

    private readonly ReadOnlySpan<char> text;
    private int at;
    private int depth;

    private FamilyExpressionParser(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FamilyException">It is none.</exception>
    public static FamilyExpression Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestExpression)
        {
            throw new FamilyException(SafeText.Of($"an expression of {text.Length} characters is over the limit of {LongestExpression}"));
        }

        var parser = new FamilyExpressionParser(text);
        var expression = parser.Ternary();
        return parser.Peek().IsEmpty ? expression : throw parser.Unexpected();
    }

    /// <summary>Parses <c>name(argument, ...)</c>.</summary>
    /// <exception cref="FamilyException">It is none.</exception>
    public static FamilyExpression.Call ParseCall(ReadOnlySpan<char> text)
        => Parse(text) as FamilyExpression.Call ?? throw new FamilyException(SafeText.Of($"\"{text.ToString()}\" is no call of a part"));

    /// <summary>Whether a text is a name: a letter or underscore, then letters, digits and underscores.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
        => !text.IsEmpty && IsNameStart(text[0]) && !text.ContainsAnyExcept(NameCharacters);

    private FamilyExpression Ternary()
    {
        if (++depth > FamilyBudget.DeepestNesting)
        {
            throw new FamilyException(SafeText.Of($"\"{text.ToString()}\" is nested deeper than {FamilyBudget.DeepestNesting}"));
        }

        var value = Operators(1);
        if (Take("if"))
        {
            var condition = Operators(1);
            Expect("else");
            value = new FamilyExpression.Choice(condition, value, Ternary());
        }

        depth--;
        return value;
    }

    private FamilyExpression Operators(int lowest)
    {
        var left = Prefix();
        while (Precedence(Peek()) is var precedence && precedence >= lowest)
        {
            var op = Next().ToString();
            var right = op == "**" ? Operators(precedence) : Operators(precedence + 1);
            left = new FamilyExpression.Binary(op, left, right);
        }

        return left;
    }

    private FamilyExpression Prefix()
    {
        if (Peek() is not ("-" or "not"))
        {
            return Postfix();
        }

        if (++depth > FamilyBudget.DeepestNesting)
        {
            throw new FamilyException(SafeText.Of($"\"{text.ToString()}\" is nested deeper than {FamilyBudget.DeepestNesting}"));
        }

        var op = Next().ToString();
        var operand = Operators(op == "not" ? 4 : 8);
        depth--;
        return new FamilyExpression.Unary(op, operand);
    }

    private FamilyExpression Postfix()
    {
        var value = Atom();
        for (var indices = 0; Take("["); indices++)
        {
            if (indices == FamilyBudget.DeepestNesting)
            {
                throw new FamilyException(SafeText.Of($"\"{text.ToString()}\" is indexed deeper than {FamilyBudget.DeepestNesting}"));
            }

            value = new FamilyExpression.Item(value, Ternary());
            Expect("]");
        }

        return value;
    }

    private FamilyExpression Atom()
    {
        var token = Next();
        if (token is "(")
        {
            var inner = Ternary();
            Expect(")");
            return inner;
        }

        if (token is "[")
        {
            return new FamilyExpression.Items(List("]"));
        }

        if (!token.IsEmpty && token[0] == '\'')
        {
            return new FamilyExpression.Literal(new ConfigurationValue.Text(token[1..^1].ToString()));
        }

        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new FamilyExpression.Literal(new ConfigurationValue.Integer(number));
        }

        if (!IsName(token) || token is "if" or "else" or "and" or "or")
        {
            throw Unexpected();
        }

        var name = token.ToString();
        return name switch
        {
            "true" or "false" => new FamilyExpression.Literal(new ConfigurationValue.Truth(name == "true")),
            _ => Take("(") ? new FamilyExpression.Call(name, List(")")) : new FamilyExpression.Name(name),
        };
    }

    private List<FamilyExpression> List(string end)
    {
        var items = new List<FamilyExpression>();
        if (Take(end))
        {
            return items;
        }

        do
        {
            items.Add(Ternary());
        }
        while (Take(","));
        Expect(end);
        return items;
    }

    private static int Precedence(ReadOnlySpan<char> token) => token switch
    {
        "or" => 1,
        "and" => 2,
        "==" or "!=" or "<" or "<=" or ">" or ">=" => 4,
        ">>" or "<<" => 5,
        "+" or "-" => 6,
        "*" or "//" or "%" => 7,
        "**" => 9,
        _ => 0,
    };

    private bool Take(string token)
    {
        var matches = Peek().SequenceEqual(token);
        if (matches)
        {
            Next();
        }

        return matches;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Unexpected();
        }
    }

    private ReadOnlySpan<char> Peek()
    {
        var before = at;
        var token = Next();
        at = before;
        return token;
    }

    private ReadOnlySpan<char> Next()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var rest = text[at..];
        var length = TokenLength(rest);
        at += length;
        return rest[..length];
    }

    private readonly int TokenLength(ReadOnlySpan<char> rest)
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

        if (char.IsAsciiLetterOrDigit(rest[0]) || rest[0] == '_')
        {
            var length = 1;
            while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '_'))
            {
                length++;
            }

            return length;
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

    private static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_';

    private readonly FamilyException Unexpected()
        => new(SafeText.Of($"\"{text.ToString()}\" cannot be read as arithmetic at character {Math.Min(at, text.Length) + 1}"));
}
