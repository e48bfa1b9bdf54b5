using System.Globalization;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>
/// Names with sets in braces: <c>{0..3}</c> is a range, <c>{0,2,5..7}</c> a set of numbers and ranges, <c>{weight,bias}</c> a choice,
/// <c>{i=0..3}</c> a range whose number a shape may use.
/// </summary>
internal sealed class KeyPattern
{
    private const int MostBraces = 16;

    private readonly List<Segment> segments = [];
    private readonly IReadOnlyList<FamilyExpression> shape;
    private readonly string? dtype;

    private KeyPattern(IReadOnlyList<FamilyExpression> shape, string? dtype) => (this.shape, this.dtype) = (shape, dtype);

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The names.</param>
    /// <param name="shape">The sizes: numbers, or expressions over the pattern's own names.</param>
    /// <param name="dtype">The element type's name, or null where any will do.</param>
    /// <exception cref="FamilyException">It is not a pattern.</exception>
    public static KeyPattern Parse(string pattern, IReadOnlyList<string> shape, string? dtype = null)
    {
        var read = new KeyPattern([.. shape.Select(s => FamilyExpressionParser.Parse(s))], dtype);
        for (var at = 0; at < pattern.Length;)
        {
            var open = pattern.IndexOf('{', at);
            var end = open < 0 ? pattern.Length : open;
            if (end > at)
            {
                read.segments.Add(new Segment(null, [pattern[at..end]]));
            }

            if (open < 0)
            {
                break;
            }

            var close = pattern.IndexOf('}', open);
            read.segments.Add(close < 0
                ? throw new FamilyException(SafeText.Of($"a brace of \"{pattern}\" is not closed"))
                : Braces(pattern[(open + 1)..close]));
            at = close + 1;
        }

        return read.segments.Count <= 2 * MostBraces
            ? read
            : throw new FamilyException(SafeText.Of($"a pattern has more than {MostBraces} sets in braces"));
    }

    /// <summary>Every key of some patterns, with its shape.</summary>
    /// <exception cref="FamilyException">Two patterns give the same name, a shape is not valid, or there are too many keys.</exception>
    public static KeyManifest Expand(IEnumerable<KeyPattern> patterns)
    {
        var budget = new FamilyBudget();
        var keys = new FamilyExpansion(new Dictionary<string, FamilyPart>(StringComparer.Ordinal));
        foreach (var pattern in patterns)
        {
            pattern.AddTo(keys, budget);
        }

        return new KeyManifest(keys.Keys);
    }

    // An odometer over the sets: the last one turns fastest.
    private void AddTo(FamilyExpansion keys, FamilyBudget budget)
    {
        var positions = new int[segments.Count];
        for (var isDone = false; !isDone;)
        {
            budget.Step();
            var scope = FamilyScope.Empty(budget);
            for (var i = 0; i < segments.Count; i++)
            {
                if (segments[i].Variable is { } variable)
                {
                    scope = scope.With(variable, new ConfigurationValue.Integer(long.Parse(segments[i].Values[positions[i]], CultureInfo.InvariantCulture)));
                }
            }

            keys.Add(string.Concat(segments.Select((s, i) => s.Values[positions[i]])), [.. shape.Select(s => s.Number(scope))], dtype);
            isDone = true;
            for (var i = segments.Count - 1; i >= 0 && isDone; i--)
            {
                positions[i] = (positions[i] + 1) % segments[i].Values.Count;
                isDone = positions[i] == 0;
            }
        }
    }

    private static Segment Braces(string inside)
    {
        var equals = inside.IndexOf('=', StringComparison.Ordinal);
        var variable = equals < 0 ? null : inside[..equals];
        var set = inside[(equals + 1)..];
        if (variable is not null && !FamilyTokens.IsName(variable))
        {
            throw new FamilyException(SafeText.Of($"\"{variable}\" is not a name"));
        }

        return Numbers(set) is { } numbers
            ? new Segment(variable, numbers)
            : variable is null && Words(set) is { } words
                ? new Segment(null, words)
                : throw new FamilyException(SafeText.Of($"{{{inside}}} is neither a set of numbers such as {{0..3}} or {{0,2,5..7}} nor a choice such as {{weight,bias}}"));
    }

    // The notation that reports print, so that what they show can be copied into a configuration.
    private static List<string>? Numbers(string set)
    {
        var numbers = new List<string>();
        var last = -1;
        foreach (var item in set.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IndexSet.Item(item) is not var (from, to) || from <= last)
            {
                return null;
            }

            FamilyBudget.RequireLength(numbers.Count + (long)to - from + 1);
            for (var number = (long)from; number <= to; number++)
            {
                numbers.Add(number.ToString(CultureInfo.InvariantCulture));
            }

            last = to;
        }

        return numbers;
    }

    private static string[]? Words(string set)
    {
        var words = set.Split(',', StringSplitOptions.TrimEntries);
        return words.Distinct(StringComparer.Ordinal).Count() == words.Length && words.All(w => w.Length > 0 && !w.Contains("..", StringComparison.Ordinal)) ? words : null;
    }

    private sealed record Segment(string? Variable, IReadOnlyList<string> Values);
}
