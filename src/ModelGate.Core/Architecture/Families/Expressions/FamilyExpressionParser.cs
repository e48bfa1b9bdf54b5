using System.Globalization;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>Parses expressions: precedence as in Python, nesting bounded.</summary>
internal ref struct FamilyExpressionParser
{
    // A chain of operators nests as deep as it is long.
    private const int LongestExpression = 512;

    private FamilyTokens tokens;
    private int depth;

    private FamilyExpressionParser(ReadOnlySpan<char> text) => tokens = new FamilyTokens(text);

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FamilyException">It is not one.</exception>
    public static FamilyExpression Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestExpression)
        {
            throw new FamilyException(SafeText.Of($"an expression of {text.Length} characters is over the limit of {LongestExpression}"));
        }

        var parser = new FamilyExpressionParser(text);
        var expression = parser.Ternary();
        return parser.tokens.Peek().IsEmpty ? expression : throw parser.tokens.Unexpected();
    }

    /// <summary>Parses <c>name(argument, ...)</c>.</summary>
    /// <exception cref="FamilyException">It is not one.</exception>
    public static FamilyExpression.Call ParseCall(ReadOnlySpan<char> text)
        => Parse(text) as FamilyExpression.Call ?? throw new FamilyException(SafeText.Of($"\"{text.ToString()}\" is not a call of a part"));

    private FamilyExpression Ternary()
    {
        if (++depth > FamilyBudget.DeepestNesting)
        {
            throw new FamilyException(SafeText.Of($"\"{tokens.Text}\" is nested deeper than {FamilyBudget.DeepestNesting}"));
        }

        var value = Operators(1);
        if (tokens.Take("if"))
        {
            var condition = Operators(1);
            tokens.Expect("else");
            value = new FamilyExpression.Choice(condition, value, Ternary());
        }

        depth--;
        return value;
    }

    private FamilyExpression Operators(int lowest)
    {
        var left = Prefix();
        while (Precedence(tokens.Peek()) is var precedence && precedence >= lowest)
        {
            var op = tokens.Next().ToString();
            var right = op == "**" ? Operators(precedence) : Operators(precedence + 1);
            left = new FamilyExpression.Binary(op, left, right);
        }

        return left;
    }

    private FamilyExpression Prefix()
    {
        if (tokens.Peek() is not ("-" or "not"))
        {
            return Postfix();
        }

        if (++depth > FamilyBudget.DeepestNesting)
        {
            throw new FamilyException(SafeText.Of($"\"{tokens.Text}\" is nested deeper than {FamilyBudget.DeepestNesting}"));
        }

        var op = tokens.Next().ToString();
        var operand = Operators(op == "not" ? 4 : 8);
        depth--;
        return new FamilyExpression.Unary(op, operand);
    }

    private FamilyExpression Postfix()
    {
        var value = Atom();
        for (var indices = 0; tokens.Take("["); indices++)
        {
            if (indices == FamilyBudget.DeepestNesting)
            {
                throw new FamilyException(SafeText.Of($"\"{tokens.Text}\" is indexed deeper than {FamilyBudget.DeepestNesting}"));
            }

            value = new FamilyExpression.Item(value, Ternary());
            tokens.Expect("]");
        }

        return value;
    }

    private FamilyExpression Atom()
    {
        var token = tokens.Next();
        if (token is "(")
        {
            var inner = Ternary();
            tokens.Expect(")");
            return inner;
        }

        if (token is "[")
        {
            return Bracketed();
        }

        if (!token.IsEmpty && token[0] == '\'')
        {
            var text = token[1..^1].ToString();
            return text.Contains('{', StringComparison.Ordinal)
                ? new FamilyExpression.Interpolated(NameTemplate.Parse(text))
                : new FamilyExpression.Literal(new ConfigurationValue.Text(text));
        }

        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new FamilyExpression.Literal(new ConfigurationValue.Integer(number));
        }

        if (!FamilyTokens.IsName(token) || token is "if" or "else" or "and" or "or" or "for" or "in")
        {
            throw tokens.Unexpected();
        }

        var name = token.ToString();
        return name switch
        {
            "true" or "false" => new FamilyExpression.Literal(new ConfigurationValue.Truth(name == "true")),
            "none" => new FamilyExpression.Literal(new ConfigurationValue.Null()),
            _ => tokens.Take("(") ? new FamilyExpression.Call(name, List(")")) : new FamilyExpression.Name(name),
        };
    }

    // A list of items, or one item for each of a list: [VALUE for NAME in LIST].
    private FamilyExpression Bracketed()
    {
        if (tokens.Take("]"))
        {
            return new FamilyExpression.Items([]);
        }

        var first = Ternary();
        if (!tokens.Take("for"))
        {
            List<FamilyExpression> items = [first];
            if (tokens.Take(","))
            {
                items.AddRange(List("]"));
            }
            else
            {
                tokens.Expect("]");
            }

            return new FamilyExpression.Items(items);
        }

        var name = tokens.Next();
        if (!FamilyTokens.IsName(name))
        {
            throw tokens.Unexpected();
        }

        var variable = name.ToString();
        tokens.Expect("in");
        var list = Ternary();
        tokens.Expect("]");
        return new FamilyExpression.ForEach(first, variable, list);
    }

    private List<FamilyExpression> List(string end)
    {
        var items = new List<FamilyExpression>();
        if (tokens.Take(end))
        {
            return items;
        }

        do
        {
            items.Add(Ternary());
        }
        while (tokens.Take(","));
        tokens.Expect(end);
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
}
