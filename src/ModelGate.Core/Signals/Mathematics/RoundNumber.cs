using System.Globalization;

namespace ModelGate.Signals.Mathematics;

/// <summary>Limits as a person would write them.</summary>
internal static class RoundNumber
{
    /// <summary>The number with the fewest digits in the middle half between two numbers; their mean where no decimal lies between them.</summary>
    /// <param name="low">The lower number, finite.</param>
    /// <param name="high">The higher number, finite.</param>
    public static double Between(double low, double high)
    {
        // Each by itself: the difference of two great numbers may be beyond all.
        var middle = (low / 2) + (high / 2);
        var room = (high / 4) - (low / 4);
        if (middle - room <= 0 && middle + room >= 0)
        {
            return 0;
        }

        for (var digits = 1; digits < 17; digits++)
        {
            var rounded = double.Parse(middle.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (Math.Abs(rounded - middle) <= room)
            {
                return rounded;
            }
        }

        return middle;
    }
}
