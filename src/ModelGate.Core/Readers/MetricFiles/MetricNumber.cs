using System.Globalization;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.MetricFiles;

/// <summary>The cells of a table that are numbers to Python's <c>float</c>, and its truth values.</summary>
internal static class MetricNumber
{
    /// <summary>Reads a number; false for anything else, such as a name, a date or a number with a decimal comma.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        if (text is "True" or "False")
        {
            value = text is "True" ? 1 : 0;
            return true;
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) || NumberWords.TryParse(text, out value);
    }

    /// <summary>Whether a text says that there is no value: Keras writes NA where a metric was not computed, pandas and R do as well.</summary>
    public static bool IsAbsent(ReadOnlySpan<char> text) => text.Trim() is "" or "NA" or "N/A" or "n/a" or "None" or "null" or "NULL" or "-" or "--";

    /// <summary>Whether a text is a number as many languages write it: <c>0,35</c>.</summary>
    public static bool HasDecimalComma(ReadOnlySpan<char> text)
        => text.IndexOf(',') is >= 0 and var comma && text[(comma + 1)..].IndexOf(',') < 0 && TryParse(string.Concat(text[..comma], ".", text[(comma + 1)..]), out _);
}
