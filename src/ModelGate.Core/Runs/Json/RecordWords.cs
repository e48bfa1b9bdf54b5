using System.Globalization;

namespace ModelGate.Runs.Json;

/// <summary>The words of a report for what the code has as enumerations and numbers.</summary>
internal static class RecordWords
{
    private static readonly string[] NotFinite = ["NaN", "Infinity", "-Infinity"];

    /// <summary>An enumeration's member in camel case, such as <c>notApplicable</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The member of an enumeration that a word names.</summary>
    public static T? Find<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>What JSON has no number for: <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>; null for every other value.</summary>
    public static string? OfNotFinite(double? value)
        => value is { } number && !double.IsFinite(number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The value of such a word.</summary>
    public static double? FindNotFinite(string word) => NotFinite.Contains(word) ? double.Parse(word, CultureInfo.InvariantCulture) : null;

    /// <summary>A requirement, of its sign and its limit.</summary>
    public static Requirement? Requirement(string sign, double limit)
    {
        foreach (var relation in Enum.GetValues<Relation>())
        {
            if (relation.Sign() == sign)
            {
                return new Requirement(relation, limit);
            }
        }

        return null;
    }

    /// <summary>A requirement as an early report has it: only as text.</summary>
    public static Requirement? Requirement(string text)
        => text.Split(' ') is [var sign, var limit] && double.TryParse(limit, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Requirement(sign, number) : null;
}
