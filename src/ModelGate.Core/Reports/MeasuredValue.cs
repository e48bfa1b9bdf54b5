using System.Globalization;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>A measurement for people: at most five digits, since no more are to be trusted.</summary>
internal static class MeasuredValue
{
    /// <summary>The value with its unit, or its text.</summary>
    public static string Of(Measurement measurement)
    {
        var value = measurement.Observed is { } number ? Number(number) : "";
        var unit = measurement.Observed is null || measurement.Unit.Length == 0 ? "" : " " + measurement.Unit;
        var text = measurement.Text.IsEmpty ? "" : value.Length == 0 ? measurement.Text.Value : $" ({measurement.Text})";
        return value + unit + text;
    }

    /// <summary>The signal, its value and what is required of it.</summary>
    public static string Sentence(Measurement measurement)
    {
        var required = measurement.Required is null ? "" : $", required {measurement.Required}";
        return $"{measurement.Signal} of {measurement.Subject}: {Of(measurement)}{required}";
    }

    private static string Number(double value)
        => value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("G5", CultureInfo.InvariantCulture);
}
