using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Syntax.Python;

namespace ModelGate.Readers.Rvc;

/// <summary>What the lines of an RVC log come to, gathered line by line.</summary>
internal sealed class RvcLogContent(ReadBudget budget)
{
    // A point in a list that grows, and again in the order of steps.
    private const int PointBytes = 40;

    private const int SavedBytes = 96;

    private readonly List<AbandonedRun> abandoned = [];
    private readonly List<SavedCheckpoint> saved = [];
    private readonly double[] losses = new double[RvcLogLine.Losses.Length];
    private CurveBuilder[] curves = NewCurves();
    private CurveBuilder rates = new("learning_rate");
    private Dictionary<string, MetadataValue>? hyperparameters;
    private bool hasBadDict;
    private long? pending;
    private long? first;
    private long? last;
    private long? epoch;
    private long? epochBefore;
    private bool beganAgain;
    private long unplaced;
    private int starts = 1;

    /// <summary>The number of lines with losses.</summary>
    public long LossLines { get; private set; }

    public void Add(string line)
    {
        var message = RvcLogLine.MessageOf(line);
        if (message.IsEmpty)
        {
            return;
        }

        if (RvcLogLine.TryReadStep(message, out var step, out var rate))
        {
            BeginStep(step, rate);
        }
        else if (RvcLogLine.TryReadLosses(message, losses))
        {
            AddLosses();
        }
        else if (message[0] == '{')
        {
            // A restart writes its configuration again: the latest is the one that made the end of the curve.
            var read = PythonLiteral.TryReadDict(message, budget.Limits.Nesting, out var values);
            hyperparameters = read ? values : hyperparameters;
            hasBadDict |= !read;
        }
        else if (RvcLogLine.TryReadEpoch(message, out var named))
        {
            BeginEpoch(named);
        }
        else if (RvcLogLine.TryReadSaved(message.ToString(), out var fileName, out var epoch))
        {
            budget.Keep(SavedBytes + (2L * fileName.Length));
            saved.Add(new SavedCheckpoint(fileName, epoch));
            ReadBudget.Require(saved.Count, budget.Limits.LogPoints, nameof(ReadLimits.LogPoints), "the number of checkpoints");
        }
    }

    public TrainingLog Build(string format, IEnumerable<SafeText> textWarnings)
    {
        if (beganAgain && last is { } before)
        {
            // It ended before it logged a loss: what comes before it is not its own.
            starts++;
            Abandon(before);
        }

        return new TrainingLog(format, Series(), hyperparameters ?? [])
        {
            Starts = starts,
            Abandoned = abandoned,
            Epoch = epoch,
            Saved = saved,
            Warnings = [.. textWarnings, .. Warnings()],
        };
    }

    private static CurveBuilder[] NewCurves() => [.. RvcLogLine.Losses.Select(name => new CurveBuilder(name))];

    private ScalarSeries[] Series() => [.. curves.Select(c => c.Build()), .. rates.Count > 0 ? [rates.Build()] : Array.Empty<ScalarSeries>()];

    private void BeginEpoch(long named)
    {
        // An epoch that begins and one that ends are written alike, so the same number again says nothing, and a smaller one that training went back.
        beganAgain |= named == 1 && epochBefore > 1;
        epochBefore = named;
        if (!beganAgain)
        {
            epoch = Math.Max(epoch ?? 0, named);
        }
    }

    private void BeginStep(long step, double rate)
    {
        // The same step again is a restart too: RVC logs a step once.
        if (last is { } before && step <= before)
        {
            starts++;

            // Where the step goes back to where the run began, nothing of it was kept; else a checkpoint was, and the run goes on.
            if (beganAgain || step <= first)
            {
                Abandon(before);
            }
        }

        beganAgain = false;
        first ??= step;
        (pending, last) = (step, step);
        budget.Keep(PointBytes);
        rates.Add(step, rate);
    }

    private void Abandon(long lastStep)
    {
        abandoned.Add(new AbandonedRun(Series(), epoch, lastStep));
        (curves, rates, first) = (NewCurves(), new CurveBuilder("learning_rate"), null);
        epoch = epochBefore = beganAgain ? epochBefore : null;
        saved.Clear();
    }

    private void AddLosses()
    {
        LossLines++;
        ReadBudget.Require(LossLines, budget.Limits.LogPoints, nameof(ReadLimits.LogPoints), "the number of points");
        if (pending is not { } step)
        {
            // Without a step there is only the order: each line counts for one, after the last step that is known.
            unplaced++;
            step = last is { } known && known < long.MaxValue ? known + 1 : last ?? 0;
            last = step;
        }

        pending = null;
        budget.Step(losses.Length);
        budget.Keep(PointBytes * (long)losses.Length);
        for (var i = 0; i < losses.Length; i++)
        {
            curves[i].Add(step, losses[i]);
        }
    }

    private IEnumerable<SafeText> Warnings()
    {
        if (unplaced > 0)
        {
            yield return SafeText.Of($"{unplaced} of {LossLines} lines with losses follow no [step, learning rate] line: they are placed at the next free step");
        }

        if (hyperparameters is null)
        {
            yield return hasBadDict
                ? SafeText.Of($"the configuration in the log is not a sound Python dict")
                : SafeText.Of($"the log does not hold the run's configuration");
        }
    }
}
