using System.Globalization;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>How far two tellings of one value may be apart because one of them was written with few digits: one unit of its last digit, since some writers cut off.</summary>
/// <param name="Decimals">Of the coarser series, the most digits behind the point.</param>
/// <param name="Digits">Of the coarser series, the most significant digits.</param>
internal readonly record struct Rounding(int Decimals, int Digits)
{
    // Single precision, in which event files hold their values.
    private const double Least = 1e-6;
    private const int MostLooked = 1000;

    /// <summary>The rounding of the coarser of two series.</summary>
    public static Rounding Of(ScalarSeries one, ScalarSeries other)
    {
        var (a, b) = (Of(one), Of(other));
        return new Rounding(Math.Min(a.Decimals, b.Decimals), Math.Min(a.Digits, b.Digits));
    }

    /// <summary>The room for two values.</summary>
    public double At(double one, double other)
    {
        var largest = Math.Max(Math.Abs(one), Math.Abs(other));
        var exponent = largest > 0 ? (int)Math.Floor(Math.Log10(largest)) : 0;
        return Math.Max(Least * largest, Math.Max(Math.Pow(10, -Decimals), Math.Pow(10, exponent - Digits + 1))) * (1 + Least);
    }

    private static Rounding Of(ScalarSeries series)
    {
        var (decimals, digits) = (0, 1);
        foreach (var point in series.Points.Take(MostLooked).Where(p => double.IsFinite(p.Value)))
        {
            var text = Math.Abs(point.Value).ToString("E16", CultureInfo.InvariantCulture);
            var shortest = Math.Abs(point.Value).ToString("R", CultureInfo.InvariantCulture);
            var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0');
            var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            digits = Math.Max(digits, mantissa.Length);
            decimals = Math.Max(decimals, mantissa.Length - 1 - exponent);
        }

        return new Rounding(decimals, digits);
    }
}
