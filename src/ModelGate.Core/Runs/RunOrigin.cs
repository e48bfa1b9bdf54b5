using System.Globalization;

namespace ModelGate.Runs;

/// <summary>Which run a record is of, as the one who started it says: nothing here is measured, and no clock is read, so that equal input gives equal bytes.</summary>
internal sealed record RunOrigin
{
    private const string DateForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The run's name; empty where it has none.</summary>
    public SafeText Name { get; init; }

    /// <summary>When the run took place, in UTC; null where nobody says.</summary>
    public DateTime? Date { get; init; }

    /// <summary>The commit of the sources; empty where nobody says.</summary>
    public SafeText Commit { get; init; }

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => Name.IsEmpty && Date is null && Commit.IsEmpty;

    /// <summary>A date as a record has it, such as <c>2026-11-28T09:30:00Z</c>.</summary>
    public static string Spell(DateTime date) => date.ToString(DateForm, CultureInfo.InvariantCulture);

    /// <summary>The date that a record spells; null where it is none.</summary>
    public static DateTime? FindDate(string text)
        => DateTime.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
}
