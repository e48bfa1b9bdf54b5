using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;

namespace ModelGate.Readers.TextLogs.LineReading;

/// <summary>Reads the lines of one log, one after the other.</summary>
/// <param name="log">Receives what they say.</param>
/// <param name="budget">What reading may cost.</param>
internal abstract class LogLines(TrainingLogBuilder log, ReadBudget budget)
{
    private const int LongestText = 300;
    private const int MostEventsOfAKind = 10_000;

    private const int MostLabelled = 64;

    private readonly Dictionary<LogEventKind, long> events = [];
    private readonly List<(LogSeries Series, double Value)> labelled = [];

    /// <summary>Receives what the lines say.</summary>
    protected TrainingLogBuilder Log => log;

    /// <summary>What reading may cost.</summary>
    protected ReadBudget Budget => budget;

    /// <summary>The latest step of the training that a line named; null before the first.</summary>
    protected long? Step { get; set; }

    /// <summary>Scalars of the run's configuration by dotted path.</summary>
    public IReadOnlyDictionary<string, MetadataValue> Hyperparameters { get; protected set; } = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);

    /// <summary>The best value by the trainer's own record.</summary>
    protected RecordedBest? Best { get; set; }

    /// <summary>Reads a line.</summary>
    public abstract LineMeaning Read(ReadOnlySpan<char> line);

    /// <summary>What is to be said of the log besides what it says itself.</summary>
    public virtual IEnumerable<SafeText> Warnings()
    {
        foreach (var (kind, count) in events.Where(e => e.Value > MostEventsOfAKind))
        {
            yield return SafeText.Of($"of {count} lines of the kind {kind.ToString()} the first {MostEventsOfAKind} are listed");
        }
    }

    /// <summary>Called after the last line.</summary>
    public virtual void End()
    {
    }

    /// <summary>What the log comes to.</summary>
    public virtual TrainingLog Finish(TrainingLog read) => read with { Best = Best };

    /// <summary>Notes something that the log says besides numbers.</summary>
    protected void Event(LogEventKind kind, ReadOnlySpan<char> text)
    {
        var count = events[kind] = events.GetValueOrDefault(kind) + 1;
        if (count <= MostEventsOfAKind)
        {
            text = text.Trim();
            log.Event(new LogEvent(kind, Step, text[..Math.Min(text.Length, LongestText)].ToString()));
        }
    }

    /// <summary>Adds the values of a line that all have a label, each with a colon behind it; false where one is no number, and then none is added.</summary>
    protected bool AddLabelled(SeriesByPlace series, long step, ReadOnlySpan<char> text)
    {
        labelled.Clear();
        var values = new LabelledValues(text, ':');
        while (values.Next())
        {
            if (labelled.Count == MostLabelled || !LogText.TryNumber(values.Text, out var value))
            {
                return false;
            }

            labelled.Add((series.Of(labelled.Count, values.Label), value));
        }

        foreach (var (known, value) in labelled)
        {
            log.Add(known, step, value);
        }

        return labelled.Count > 0;
    }
}
