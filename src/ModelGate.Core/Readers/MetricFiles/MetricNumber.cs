using System.Globalization;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Numbers as Python and spreadsheets write them, with a point and without grouping.</summary>
internal static class MetricNumber
{
    /// <summary>Reads a number; false for anything else, such as a name or a date.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || TryParseName(text, out value);
    }

    /// <summary>Reads the names that JSON has no number for: <c>nan</c>, <c>inf</c> and their kin, in any case.</summary>
    public static bool TryParseName(ReadOnlySpan<char> text, out double value)
    {
        var isNegative = text.StartsWith("-", StringComparison.Ordinal);
        var name = isNegative || text.StartsWith("+", StringComparison.Ordinal) ? text[1..] : text;
        value = name.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : !name.Equals("inf", StringComparison.OrdinalIgnoreCase) && !name.Equals("infinity", StringComparison.OrdinalIgnoreCase) ? 0
            : isNegative ? double.NegativeInfinity
            : double.PositiveInfinity;
        return value != 0;
    }
}
