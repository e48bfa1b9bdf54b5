using ModelGate.Artifacts;
using ModelGate.Bytes;

namespace ModelGate.Readers.Logs;

/// <summary>Gathers what a log says, in the order in which it says it, and tells the starts of the training apart.</summary>
/// <remarks>
/// A series whose step goes back shows that training was started again. Where it goes back to where the series began, the run before it was given up, and
/// what comes before is not of this run; else a checkpoint was taken up, and of a step that ran twice the later value counts.
/// </remarks>
internal sealed class TrainingLogBuilder(ReadBudget budget)
{
    // A point as it is logged, and again in the order of steps.
    private const int PointBytes = 40;
    private const int EntryBytes = 96;

    private readonly List<AbandonedRun> abandoned = [];
    private readonly List<SavedCheckpoint> saved = [];
    private readonly List<LogEvent> events = [];
    private readonly List<long> resumed = [];
    private readonly Dictionary<string, long> latest = new(StringComparer.Ordinal);
    private List<CurveBuilder> order = [];
    private Dictionary<string, CurveBuilder> curves = new(StringComparer.Ordinal);
    private long points;
    private int starts = 1;
    private bool isResuming;
    private long? last;
    private long? epoch;

    /// <summary>The number of points that were added.</summary>
    public long Points => points;

    /// <summary>Adds a value of a series.</summary>
    /// <param name="series">The series, as the log calls it.</param>
    /// <param name="step">The step that the log gives it.</param>
    /// <param name="value">The value; it may be NaN or infinite.</param>
    /// <exception cref="Faults.ArtifactFault">There are more points than the limits allow.</exception>
    public void Add(string series, long step, double value)
    {
        ReadBudget.Require(++points, budget.Limits.LogPoints, nameof(ReadLimits.LogPoints), "the number of points");
        if (latest.TryGetValue(series, out var before) && step < before)
        {
            Restart(fromNothing: step <= curves[series].FirstStep);
        }

        if (!curves.TryGetValue(series, out var curve))
        {
            budget.Keep(EntryBytes + (2L * series.Length));
            curves.Add(series, curve = new CurveBuilder(series));
            order.Add(curve);
        }

        if (isResuming)
        {
            resumed.Add(step);
            isResuming = false;
        }

        budget.Keep(PointBytes);
        curve.Add(step, value);
        latest[series] = step;
        last = Math.Max(last ?? step, step);
    }

    /// <summary>Notes that an epoch was begun or ended; the highest counts.</summary>
    public void Epoch(long number) => epoch = Math.Max(epoch ?? number, number);

    /// <summary>Notes a checkpoint that the log says was saved.</summary>
    public void Saved(SavedCheckpoint checkpoint)
    {
        budget.Keep(EntryBytes + (2L * checkpoint.FileName.Length));
        saved.Add(checkpoint);
        ReadBudget.Require(saved.Count, budget.Limits.LogPoints, nameof(ReadLimits.LogPoints), "the number of checkpoints");
    }

    /// <summary>Notes something that the log says besides numbers.</summary>
    public void Event(LogEvent said)
    {
        budget.Keep(EntryBytes + (2L * said.Text.Length));
        events.Add(said);
        ReadBudget.Require(events.Count, budget.Limits.LogPoints, nameof(ReadLimits.LogPoints), "the number of events");
    }

    /// <summary>Notes that training was started again, as the log says itself.</summary>
    /// <param name="fromNothing">Whether nothing of what came before is in the weights of what follows.</param>
    public void Restart(bool fromNothing)
    {
        if (last is not { } step)
        {
            return;
        }

        starts++;
        latest.Clear();
        isResuming = !fromNothing;
        if (!fromNothing)
        {
            return;
        }

        abandoned.Add(new AbandonedRun(Series(), epoch, step));
        (order, curves, epoch, last) = ([], new Dictionary<string, CurveBuilder>(StringComparer.Ordinal), null, null);
        saved.Clear();
        resumed.Clear();
    }

    /// <summary>What was gathered.</summary>
    public TrainingLog Build(string format, IReadOnlyDictionary<string, MetadataValue> hyperparameters, IEnumerable<SafeText> warnings)
    {
        var series = Series();
        return Build(format, series, hyperparameters, warnings);
    }

    private TrainingLog Build(string format, ScalarSeries[] series, IReadOnlyDictionary<string, MetadataValue> hyperparameters, IEnumerable<SafeText> warnings) => new(format, series, hyperparameters)
    {
        ReplacedNotFinite = [.. order.Select((c, i) => (series[i].Name, c.Replaced)).Where(r => r.Replaced is not null).Select(r => new ReplacedValue(r.Name, r.Replaced!.Value))],
        Starts = starts,
        Resumed = resumed,
        Abandoned = abandoned,
        Epoch = epoch,
        Saved = saved,
        Events = events,
        Warnings = [.. warnings],
    };

    private ScalarSeries[] Series() => [.. order.Select(c => c.Build())];
}
