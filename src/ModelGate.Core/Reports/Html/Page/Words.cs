using System.Globalization;
using ModelGate.Runs;

namespace ModelGate.Reports.Html.Page;

/// <summary>Numbers and outcomes as people read them.</summary>
internal static class Words
{
    /// <summary>A result's class in the style sheet, which is its word without blanks and, with <c>i-</c> before it, its icon.</summary>
    public static string Class(RunResult result) => result.Word.Replace(' ', '-');

    /// <summary>A word with a capital.</summary>
    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>A number with the minus of print.</summary>
    public static string Number(double value) => NumberText.Of(value).Replace('-', '\u2212');

    /// <summary>A measured number with the minus of print, beside its limit with as many digits as it takes to tell them apart.</summary>
    public static string Number(Measurement measurement) => MeasuredValue.Number(measurement).Replace('-', '\u2212');

    /// <summary>A requirement with the signs of print.</summary>
    public static string Required(Requirement requirement)
        => requirement.ToString().Replace("<=", "≤", StringComparison.Ordinal).Replace(">=", "≥", StringComparison.Ordinal);

    /// <summary>A count and its noun.</summary>
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>A file's length in the unit that suits it.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>A sentence with its full stop.</summary>
    public static string Sentence(string text) => text.Length == 0 || ".!?…".Contains(text[^1], StringComparison.Ordinal) ? text : text + ".";
}
