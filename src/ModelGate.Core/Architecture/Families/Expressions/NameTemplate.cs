using System.Globalization;
using System.Text;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>A key's name or a part of it, with expressions in braces: <c>resblocks.{3 * i + j}</c>.</summary>
internal sealed class NameTemplate
{
    private readonly List<(string Literal, FamilyExpression? Value)> parts = [];

    private NameTemplate()
    {
    }

    /// <summary>Parses a name.</summary>
    /// <exception cref="FamilyException">A brace is not closed, or holds no expression.</exception>
    public static NameTemplate Parse(string text)
    {
        var template = new NameTemplate();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                template.parts.Add((text[at..], null));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new FamilyException(SafeText.Of($"a brace of \"{text}\" is not closed"));
            }

            template.parts.Add((text[at..open], FamilyExpressionParser.Parse(text.AsSpan(open + 1, close - open - 1))));
            at = close + 1;
        }

        return template;
    }

    /// <summary>The names of values that it needs.</summary>
    public IEnumerable<string> Names => parts.SelectMany(p => p.Value?.Names ?? []);

    /// <summary>The name in a scope.</summary>
    public string In(FamilyScope scope)
    {
        if (parts is [(var whole, null)])
        {
            return whole;
        }

        var name = new StringBuilder();
        foreach (var (literal, value) in parts)
        {
            name.Append(literal);
            if (value is not null)
            {
                _ = value.Evaluate(scope) is ConfigurationValue.Text text
                    ? name.Append(text.Value)
                    : name.Append(CultureInfo.InvariantCulture, $"{value.Number(scope)}");
            }
        }

        return name.ToString();
    }
}
