using ModelGate.Runs;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>A file of which somebody says whether it is good, with what was measured on it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsGood">Whether it is said to be good.</param>
/// <param name="Values">The extremes of each signal over the parts of the file; a signal that has no value in one of the parts is missing.</param>
internal sealed record CalibrationFile(string Path, bool IsGood, IReadOnlyDictionary<string, SignalRange> Values)
{
    /// <summary>The value that a limit is held against; null where there is none, and the file cannot pass.</summary>
    public double? ValueOf(string signal, Relation relation)
        => Values.TryGetValue(signal, out var range) ? relation == Relation.AtMost ? range.High : range.Low : null;

    /// <summary>What was measured on a file.</summary>
    public static CalibrationFile Of(FileMeasurements measured, bool isGood)
    {
        var values = new Dictionary<string, SignalRange>(StringComparer.Ordinal);
        foreach (var signal in measured.Values.GroupBy(v => v.Signal.Name, StringComparer.Ordinal))
        {
            if (signal.All(v => v.Value is { } value && double.IsFinite(value)))
            {
                values.Add(signal.Key, new SignalRange(signal.Min(v => v.Value!.Value), signal.Max(v => v.Value!.Value)));
            }
        }

        return new CalibrationFile(measured.Path, isGood, values);
    }
}

/// <summary>The extremes of a signal over the parts of a file; equal where there is one part.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
internal readonly record struct SignalRange(double Low, double High);
