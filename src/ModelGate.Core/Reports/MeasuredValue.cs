using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>A measurement for people: five digits, since no more are to be trusted, and more only where the side of a limit needs them.</summary>
internal static class MeasuredValue
{
    /// <summary>The value with its unit, or its text.</summary>
    public static string Of(Measurement measurement)
    {
        var value = Number(measurement);
        var unit = measurement.Observed is null || measurement.Unit.Length == 0 ? "" : " " + measurement.Unit;
        var text = measurement.Text.IsEmpty ? "" : value.Length == 0 ? measurement.Text.Value : $" ({measurement.Text})";
        return value + unit + text;
    }

    /// <summary>The value without its unit; empty where there is none.</summary>
    public static string Number(Measurement measurement)
        => measurement.Observed is not { } number ? "" : measurement.Required is { } required ? NumberText.Of(number, required.Limit) : NumberText.Of(number);

    /// <summary>The signal, its value and what is required of it.</summary>
    public static string Sentence(Measurement measurement)
    {
        var of = measurement.Place.IsEmpty ? "" : $" of {measurement.Place}";
        var required = measurement.Required is null ? "" : $", required {measurement.Required}";
        return $"{measurement.Signal}{of}: {Of(measurement)}{required}";
    }
}
