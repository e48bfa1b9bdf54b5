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
}
