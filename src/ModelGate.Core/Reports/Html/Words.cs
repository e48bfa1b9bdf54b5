using System.Globalization;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Numbers and outcomes as people read them.</summary>
internal static class Words
{
    /// <summary>The outcome's word, which is also its class in the style sheet and, with <c>i-</c> before it, its icon.</summary>
    public static string Outcome(GateResult result) => result.Outcome switch
    {
        Runs.Outcome.Failed when result.Severity == Severity.Warning => "warning",
        Runs.Outcome.NotApplicable => "skipped",
        _ => result.Outcome.ToString().ToLowerInvariant(),
    };

    /// <summary>The order in which a reader wants results: what failed first.</summary>
    public static int Rank(GateResult result) => Outcome(result) switch
    {
        "failed" => 0,
        "warning" => 1,
        "inconclusive" => 2,
        "waived" => 3,
        "passed" => 4,
        _ => 5,
    };

    /// <summary>A word with a capital.</summary>
    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>Five significant digits; whole numbers in full.</summary>
    public static string Number(double value)
        => (value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : value.ToString("G5", CultureInfo.InvariantCulture)).Replace('-', '\u2212');

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
