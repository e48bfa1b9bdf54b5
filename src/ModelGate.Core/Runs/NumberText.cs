using System.Globalization;

namespace ModelGate.Runs;

/// <summary>A measured number for people: at most five digits, since no more are to be trusted; whole numbers in full.</summary>
internal static class NumberText
{
    // From here on a double holds no fraction, and its digits in full say more than is known.
    private const double LargestInFull = 1e15;

    /// <summary>The number as a report prints it.</summary>
    public static string Of(double value)
        => value == Math.Floor(value) && Math.Abs(value) < LargestInFull
            ? (value + 0.0).ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>The number beside a limit: with as many more digits as it takes to show on which side of the limit it is.</summary>
    /// <param name="value">The number.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="least">The fewest digits.</param>
    public static string Of(double value, double limit, int least = 5)
    {
        var text = least == 5 || value == Math.Floor(value) ? Of(value) : value.ToString("G" + least, CultureInfo.InvariantCulture);
        for (var digits = least + 1; digits <= 17 && Parse(text).CompareTo(limit) != value.CompareTo(limit); digits++)
        {
            text = value.ToString("G" + digits, CultureInfo.InvariantCulture);
        }

        return text;
    }

    /// <summary>A limit as it was written: it was typed by somebody, so that all of its digits count.</summary>
    public static string OfLimit(double limit)
    {
        var text = limit.ToString("0.######", CultureInfo.InvariantCulture);
        return Parse(text) == limit ? text : limit.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A computed limit to six significant digits: nobody reads more in a report.</summary>
    public static double SixDigits(double value) => Parse(value.ToString("G6", CultureInfo.InvariantCulture));

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
