using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;
using ModelGate.Syntax.Python;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>What the logs of VITS, RVC and their forks have in common: the run's configuration, epochs, checkpoints, what was loaded, and how a restart shows.</summary>
internal abstract class TrainLogLines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
{
    private const string NotInCheckpoint = " is not in the checkpoint";

    // RVC in English before and after its translations, Chinese as in its source; the words of other languages are not known.
    private static readonly string[] Endings = ["Training is done.", "Training completed", "saving final ckpt:", "Saving final checkpoint", "训练已完成", "正在保存最终检查点"];

    private bool hasConfiguration;
    private bool hasBadDict;
    private bool hasFinished;
    private long? first;
    private long? epochBefore;
    private bool beganAgain;

    /// <inheritdoc/>
    public override LineMeaning Read(ReadOnlySpan<char> line)
    {
        var message = TrainLogLine.MessageOf(line);
        var meaning = message.IsEmpty ? LineMeaning.Other : ReadMessage(message);
        return meaning == LineMeaning.Other ? ReadPlain(line) : meaning;
    }

    /// <summary>Reads a line with numbers.</summary>
    protected abstract LineMeaning ReadNumbers(ReadOnlySpan<char> message);

    /// <summary>Reads a line that is not of the logging's form, or is none that its messages have.</summary>
    protected virtual LineMeaning ReadPlain(ReadOnlySpan<char> line)
    {
        if (line.EndsWith(NotInCheckpoint, StringComparison.Ordinal))
        {
            var key = line[..^NotInCheckpoint.Length];
            Event(LogEventKind.KeyNotLoaded, key[(key.LastIndexOfAny(" \t,:") + 1)..]);
            return LineMeaning.Read;
        }

        return LineMeaning.Other;
    }

    /// <inheritdoc/>
    public override IEnumerable<SafeText> Warnings()
    {
        foreach (var warning in base.Warnings())
        {
            yield return warning;
        }

        if (!hasConfiguration)
        {
            yield return hasBadDict
                ? SafeText.Of($"the configuration in the log is not a sound Python dict")
                : SafeText.Of($"the log does not hold the run's configuration");
        }
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (beganAgain && Step is not null)
        {
            // It ended before it logged a loss: what comes before it is not its own.
            Restart(fromNothing: true);
        }
    }

    /// <summary>Begins a step that is logged once; the same step again is a restart.</summary>
    protected void BeginStep(long step)
    {
        if (Step is { } before && step <= before)
        {
            // Where the step goes back to where the run began, nothing of it was kept; else a checkpoint was, and the run goes on.
            Restart(fromNothing: beganAgain || step <= first);
        }

        beganAgain = false;
        first ??= step;
        Step = step;
    }

    private void Restart(bool fromNothing)
    {
        Log.Restart(fromNothing);
        if (!fromNothing)
        {
            return;
        }

        first = null;
        epochBefore = beganAgain ? epochBefore : null;
        if (epochBefore is { } epoch)
        {
            Log.Epoch(epoch);
        }
    }

    private LineMeaning ReadMessage(ReadOnlySpan<char> message)
    {
        if (ReadNumbers(message) is not LineMeaning.Other and var meaning)
        {
            return meaning;
        }

        if (message[0] == '{')
        {
            // A restart writes its configuration again: the latest is the one that made the end of the curve.
            var read = PythonLiteral.TryReadDict(message, Budget.Limits.Nesting, out var values);
            Hyperparameters = read ? values : Hyperparameters;
            hasConfiguration |= read;
            hasBadDict |= !read;
            return LineMeaning.Read;
        }

        if (TrainLogLine.TryReadEpoch(message, out var named))
        {
            BeginEpoch(named);
            return LineMeaning.Read;
        }

        if (TrainLogLine.TryReadSaved(message, out var fileName, out var epoch))
        {
            Log.Saved(new SavedCheckpoint(fileName.ToString(), epoch));
            return LineMeaning.Read;
        }

        return ReadSaying(message) ? LineMeaning.Read : LineMeaning.Other;
    }

    private bool ReadSaying(ReadOnlySpan<char> message)
    {
        if (message is "<All keys matched successfully>")
        {
            Event(LogEventKind.AllKeysMatched, message);
        }
        else if (TrainLogLine.TryReadLoaded(message, out var path))
        {
            Event(LogEventKind.Loaded, path);
        }
        else if (message.StartsWith("shape-", StringComparison.Ordinal) && message.IndexOf("-mismatch", StringComparison.Ordinal) is > 6 and var end)
        {
            Event(LogEventKind.KeyNotLoaded, message[6..end]);
        }
        else if (LogText.Take(ref message, "_IncompatibleKeys(missing_keys=["))
        {
            ReadMissing(message);
        }
        else if (Says(message))
        {
            if (!hasFinished)
            {
                Event(LogEventKind.Finished, message);
            }

            hasFinished = true;
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadMissing(ReadOnlySpan<char> keys)
    {
        keys = keys[..Math.Max(0, keys.IndexOf(']'))];
        foreach (var range in keys.Split(','))
        {
            var key = keys[range].Trim(" '\"");
            if (!key.IsEmpty)
            {
                Budget.Step();
                Event(LogEventKind.KeyNotLoaded, key);
            }
        }
    }

    private static bool Says(ReadOnlySpan<char> message)
    {
        foreach (var ending in Endings)
        {
            if (message.StartsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void BeginEpoch(long named)
    {
        // An epoch that begins and one that ends are written alike, so the same number again says nothing, and a smaller one that training went back.
        beganAgain |= named == 1 && epochBefore > 1;
        epochBefore = named;
        hasFinished = false;
        if (!beganAgain)
        {
            Log.Epoch(named);
        }
    }
}
