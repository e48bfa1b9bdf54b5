using System.Globalization;
using System.Text;
using ModelGate.Evaluation;

namespace ModelGate.Reports;

/// <summary>Measured signals for spreadsheets: RFC 4180, with a heading.</summary>
internal static class MeasurementsCsv
{
    /// <summary>The values of all files: one line a value.</summary>
    public static string Text(IReadOnlyList<FileMeasurements> files)
    {
        var text = new StringBuilder("path,subject,signal,value,unit,why\n");
        foreach (var (file, value) in files.SelectMany(f => f.Values.Select(v => (f, v))))
        {
            text.AppendJoin(
                ',',
                Field(SafeText.From(file.Path).Value),
                Field(value.Part.Value),
                Field(value.Signal.Name),
                value.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "",
                value.Signal.Unit,
                Field(value.Value is null ? value.Why.Value : "")).Append('\n');
        }

        return text.ToString();
    }

    // A spreadsheet computes what begins with one of these characters: a quote in front makes text of it.
    private static string Field(string value)
    {
        var plain = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' ? "'" + value : value;
        return plain.AsSpan().IndexOfAny(",\"\r\n") < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
