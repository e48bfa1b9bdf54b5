using ModelGate.Readers.Logs;

namespace ModelGate.Readers.TextLogs.LineReading;

/// <summary>The series of a line's values: a trainer writes the same labels in the same order, so that the place of a value mostly says what it is.</summary>
/// <param name="log">The log that has the series.</param>
/// <param name="nameOf">The name of a series by its label.</param>
internal sealed class SeriesByPlace(TrainingLogBuilder log, Func<string, string> nameOf)
{
    private const int Places = 64;

    private readonly List<(string Label, LogSeries Series)> known = [];

    /// <summary>The series of a label.</summary>
    public LogSeries Of(int place, ReadOnlySpan<char> label)
    {
        if (place < known.Count && label.SequenceEqual(known[place].Label))
        {
            return known[place].Series;
        }

        foreach (var (other, series) in known)
        {
            if (label.SequenceEqual(other))
            {
                return series;
            }
        }

        var text = label.ToString();
        var found = log.Series(nameOf(text));
        if (known.Count < Places)
        {
            known.Add((text, found));
        }

        return found;
    }
}
