using ModelGate.Artifacts;
using ModelGate.Bytes;

namespace ModelGate.Readers.Logs;

/// <summary>Gathers what a log says, in the order in which it says it, and tells the starts of the training apart.</summary>
/// <remarks>
/// A series whose step goes back shows that training was started again, unless the other series go on: then its steps are of another kind. Where it goes back to where
/// the series began, the run before it was given up, and what comes before is not of this run; else a checkpoint was taken up, and of a step that ran twice the later
/// value counts. Memory is bounded, however long the log is: of long series, and of all where there are many, some of the points are held (<see cref="ThinnedCurve"/>).
/// </remarks>
internal sealed class TrainingLogBuilder(ReadBudget budget)
{
    /// <summary>The number of points up to which a series is held whole, where there is room for it: more than any picture or judgement needs.</summary>
    public const int MostPoints = 1 << 16;

    // Of each series at least so many, and of all together as many as this, as far as the file pays for them.
    private const int FewestPoints = 1 << 10;
    private const int MostHeld = 1 << 21;

    // A point as it is logged, and again in the order of steps.
    private const int PointBytes = 40;
    private const int EntryBytes = 96;
    private const int SeriesBytes = 640;
    private const int CurveBytes = 200;

    // So many points of one series decide without the others.
    private const int MostDoubted = 1024;

    private readonly List<AbandonedRun> abandoned = [];
    private readonly List<SavedCheckpoint> saved = [];
    private readonly List<LogEvent> events = [];
    private readonly List<long> resumed = [];
    private readonly List<LogSeries> order = [];
    private readonly UnreadWords words = new();
    private readonly Dictionary<string, LogSeries> byName = new(StringComparer.Ordinal);
    private readonly List<(LogSeries Series, long Step, double Value)> doubted = [];
    private LogSeries? wentBack;
    private long wentBackTo;
    private long held;
    private long paid;
    private int most = MostPoints;
    private int starts = 1;
    private bool isResuming;
    private long? last;
    private long? furthest;
    private long? epoch;
    private long rows;
    private long? row;

    /// <summary>The number of points that were added.</summary>
    public long Points { get; private set; }

    /// <summary>Whether a series has values.</summary>
    public bool Has(string series) => byName.TryGetValue(series, out var known) && known.Curve is not null;

    /// <summary>The series of a name, for a log that has many points of it.</summary>
    public LogSeries Series(string name)
    {
        if (!byName.TryGetValue(name, out var series))
        {
            budget.Keep(SeriesBytes + (2L * name.Length));
            byName.Add(name, series = new LogSeries(name));
            order.Add(series);
        }

        return series;
    }

    /// <summary>Adds a value of a series.</summary>
    /// <param name="series">The series, as the log calls it.</param>
    /// <param name="step">The step that the log gives it.</param>
    /// <param name="value">The value; it may be NaN or infinite.</param>
    /// <exception cref="Faults.ArtifactFault">There are more points than the limits allow.</exception>
    public void Add(string series, long step, double value) => Add(Series(series), step, value);

    /// <inheritdoc cref="Add(string, long, double)"/>
    public void Add(LogSeries series, long step, double value)
    {
        Points++;
        if (wentBack is not null && !Decides(series, step))
        {
            doubted.Add((series, step, value));
            wentBackTo = series == wentBack ? step : wentBackTo;
            return;
        }

        if (step < series.Latest && !series.GoesItsOwnWay && IsOfTheRun(series))
        {
            (wentBack, wentBackTo) = (series, step);
            doubted.Add((series, step, value));
            return;
        }

        Put(series, step, value);
    }

    /// <summary>Notes a step that the log states, also where no value of it was understood.</summary>
    /// <returns>Whether it is another than that of the row before.</returns>
    public bool Reach(long step)
    {
        var isNew = row != step;
        rows += isNew ? 1 : 0;
        row = step;
        furthest = Math.Max(furthest ?? step, step);
        return isNew;
    }

    /// <summary>Notes a row of which no value was understood, also where its step is that of the row before.</summary>
    public void Miss() => rows++;

    /// <summary>Passes over text that belongs to no series: whether it speaks of NaN is noted.</summary>
    /// <param name="text">A line or a cell.</param>
    /// <param name="isInPlaceOfValue">Whether it stands where a value of a series has to stand.</param>
    public void Pass(ReadOnlySpan<char> text, bool isInPlaceOfValue = false) => words.Look(text, furthest, isInPlaceOfValue);

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
        if (wentBack is not null)
        {
            Decide(isRestart: true);
        }

        if (last is { } step)
        {
            Begin(fromNothing, step);
        }
    }

    /// <summary>Notes that training was started again at a step, and that what was logged from there on does not count.</summary>
    public void Purge(long step)
    {
        if (wentBack is not null)
        {
            Decide(isRestart: true);
        }

        if (last is not { } reached)
        {
            return;
        }

        var curves = order.Select(s => s.Curve).OfType<CurveBuilder>().ToArray();
        if (curves.All(c => c.FirstStep >= step))
        {
            Begin(fromNothing: true, reached);
            return;
        }

        Begin(fromNothing: false, reached);
        foreach (var curve in curves)
        {
            budget.Step(curve.Held);
            curve.RemoveFrom(step);
        }
    }

    /// <summary>What was gathered.</summary>
    public TrainingLog Build(string format, IReadOnlyDictionary<string, MetadataValue> hyperparameters, IEnumerable<SafeText> warnings)
    {
        if (wentBack is not null)
        {
            // One value by itself, and nothing behind it, was logged again; only at the very beginning does it say more.
            Decide(isRestart: doubted.Count > 1 || doubted[0].Step <= wentBack.Curve!.FirstStep);
        }

        var curves = Curves();
        var latestStart = order.Max(s => s.Silence.First) ?? 0;
        return new TrainingLog(format, curves, hyperparameters)
        {
            Starts = starts,
            Resumed = resumed,
            ReplacedNotFinite = [.. order.Where(s => s.Curve?.Replaced is not null).Select(s => new ReplacedValue(s.Name, s.Curve!.Replaced!.Value))],
            Abandoned = abandoned,
            Epoch = epoch,
            Saved = saved,
            Events = events,
            NotFiniteText = words.Build(),
            Silent = [.. order.Where(s => s.Curve is not null).Zip(curves).Where(s => s.Second.Points.Count > 0 && s.First.Silence.HasFallen(rows)).Select(s => new SilentSeries(s.Second.Name, s.Second.Points[^1].Step, furthest ?? 0) { IsFollowed = latestStart > s.First.Silence.Last })],
            Lost = [.. order.SelectMany(s => s.Levels.Lost.Select(l => new LostLevel(s.Name, l.Step, l.First, l.Before, l.After)))],
            Warnings = [.. warnings],
        };
    }

    // After a series went back, the points of the others tell why: they go back as well, or are at the same steps; or they go on.
    private bool Decides(LogSeries series, long step)
    {
        var isOther = series != wentBack;
        if (doubted.Count >= MostDoubted || (isOther ? IsOfTheRun(series) && (step < series.Latest || step <= wentBackTo) : step < wentBackTo))
        {
            Decide(isRestart: true);
            return true;
        }

        if (isOther && IsOfTheRun(series) && step > last)
        {
            Decide(isRestart: false);
            return true;
        }

        return false;
    }

    private void Decide(bool isRestart)
    {
        var series = wentBack!;
        var points = doubted.ToArray();
        budget.Step(order.Count);
        doubted.Clear();
        wentBack = null;
        if (isRestart)
        {
            var step = points[0].Step;
            Begin(step <= series.Curve!.FirstStep && !order.Exists(s => s != series && s.Curve is { Count: > 1 } curve && curve.FirstStep < step && IsOfTheRun(s)), last!.Value);
        }

        series.GoesItsOwnWay = !isRestart;
        foreach (var point in points)
        {
            Put(point.Series, point.Step, point.Value);
        }
    }

    private void Begin(bool fromNothing, long reached)
    {
        starts++;

        // What was said of NaN before training was started again is history.
        words.Clear();
        if (fromNothing)
        {
            abandoned.Add(new AbandonedRun(Curves(), epoch, reached));
            (epoch, last, furthest) = (null, null, null);
            saved.Clear();
            resumed.Clear();
        }

        isResuming = !fromNothing;
        foreach (var series in order)
        {
            (series.Curve, series.Latest) = (fromNothing ? null : series.Curve, null);
            series.Curve?.StartAgain();
            series.Levels.StartAgain();
            if (fromNothing)
            {
                (series.Silence, series.Levels) = (new Silence(), new Levels());
            }
        }

        budget.Keep(fromNothing ? EntryBytes : 0);
        budget.Step(order.Count);
    }

    // Steps that are counted in something else, such as epochs, are far behind those of the run.
    private bool IsOfTheRun(LogSeries series) => series.Latest >= last / 2;

    private void Put(LogSeries series, long step, double value)
    {
        if (series.Curve is null)
        {
            budget.Keep(CurveBytes);
            series.Curve = new CurveBuilder(series.Name, most);
        }

        if (isResuming)
        {
            resumed.Add(step);
            isResuming = false;
        }

        held -= series.Curve.Held;
        series.Curve.Add(step, value);
        held += series.Curve.Held;
        if (held > paid)
        {
            Pay();
        }

        Reach(step);
        series.Silence.Note(rows);
        series.Levels.Note(step, value);
        series.Latest = step;
        last = Math.Max(last ?? step, step);
    }

    private void Pay()
    {
        while (most > FewestPoints && (held > MostHeld || budget.MemoryLeft < PointBytes * (held - paid)))
        {
            most /= 2;
            budget.Step(order.Count);
            foreach (var curve in order.Select(s => s.Curve).OfType<CurveBuilder>())
            {
                held -= curve.Held;
                curve.Limit(most);
                held += curve.Held;
            }
        }

        if (held > paid)
        {
            ReadBudget.Require(held, budget.Limits.LogPoints, nameof(ReadLimits.LogPoints), "the number of points");
            budget.Keep(PointBytes * (held - paid));
            paid = held;
        }
    }

    private ScalarSeries[] Curves() => [.. order.Where(s => s.Curve is not null).Select(s => s.Curve!.Build())];
}
