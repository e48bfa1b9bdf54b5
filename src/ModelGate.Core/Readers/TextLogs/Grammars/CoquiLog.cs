using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The trainer_0_log.txt of coqui's trainer: <c>--> TIME: … -- STEP: 10/24 -- GLOBAL_STEP: 10</c>, then <c>| > loss: 0.157  (0.337)</c>.</summary>
/// <remarks>
/// Read in trainer/logging/console_logger.py of coqui-ai/Trainer 0.4. Epochs and the step in an epoch are counted from 0, and so is the total. The series have the
/// names of the event files' tags: both are of one run. An evaluation is logged without its step, which is the one after the last of the epoch.
/// </remarks>
internal sealed class CoquiLog : LogGrammar
{
    private const string Evaluation = "EvalStats/";

    /// <inheritdoc/>
    public override string Format => "coqui-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TryReadSteps(line, out _, out _, out _);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryReadSteps(ReadOnlySpan<char> line, out long step, out long total, out long global)
    {
        (step, total, global) = (0, 0, 0);
        return LogText.TryAfter(line, "-- STEP: ", out var rest) && LogText.TakeInteger(ref rest, out step) && LogText.Take(ref rest, "/") && LogText.TakeInteger(ref rest, out total)
            && LogText.TryAfter(rest, "GLOBAL_STEP: ", out rest) && LogText.TakeInteger(ref rest, out global) && step <= int.MaxValue && total <= int.MaxValue && global <= long.MaxValue / 2;
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly SeriesByPlace iterations = new(log, name => $"TrainIterStats/{name}");
        private readonly SeriesByPlace evaluations = new(log, name => $"{Evaluation}{name}");
        private readonly SeriesByPlace epochs = new(log, name => $"TrainEpochStats/{name}");
        private SeriesByPlace? section;
        private int place;
        private long epoch;
        private long? endOfEpoch;
        private bool? countsFromOne;
        private double? evaluated;
        private string saved = "";
        private string loaded = "";
        private bool isNewStart;
        private bool isRestored;

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            line = line.Trim();
            if (LogText.Take(ref line, "| > "))
            {
                return ReadValue(line);
            }

            if (LogText.Take(ref line, "--> "))
            {
                BeginSection(line);
                return LineMeaning.Read;
            }

            if (!LogText.Take(ref line, "> "))
            {
                return LineMeaning.Other;
            }

            ReadSaying(line);
            return LineMeaning.Read;
        }

        private void BeginSection(ReadOnlySpan<char> line)
        {
            place = 0;
            section = null;
            if (TryReadSteps(line, out var step, out var total, out var global))
            {
                BeginAgain();
                section = iterations;

                // In older releases the first step is number 0 of its epoch and 1 of all.
                countsFromOne ??= global == step + 1;
                endOfEpoch = global + total - step + (countsFromOne == true ? 0 : 1);
                Step = global;
            }
            else if (endOfEpoch is not null)
            {
                section = line.StartsWith("EVAL PERFORMANCE", StringComparison.Ordinal) ? evaluations : line.StartsWith("TRAIN PERFORMA", StringComparison.Ordinal) ? epochs : null;
            }
        }

        private LineMeaning ReadValue(ReadOnlySpan<char> line)
        {
            // Settings of the environment have the same form.
            var colon = line.IndexOf(':');
            if (section is null || colon < 0)
            {
                return LineMeaning.Read;
            }

            var text = line[(colon + 1)..];
            if (!LogText.TakeNumber(ref text, out var value))
            {
                return LineMeaning.NotUnderstood;
            }

            var name = line[..colon].Trim();
            Log.Add(section.Of(place++, name), section == iterations ? Step!.Value : endOfEpoch!.Value, value);
            if (section == evaluations && name is "avg_loss")
            {
                evaluated = value;
            }

            return LineMeaning.Read;
        }

        private void ReadSaying(ReadOnlySpan<char> line)
        {
            if (LogText.Take(ref line, "EPOCH: "))
            {
                section = null;
                if (LogText.TakeInteger(ref line, out epoch))
                {
                    BeginAgain();
                    Log.Epoch(epoch);
                }
            }
            else if (LogText.Take(ref line, "CHECKPOINT : "))
            {
                Save(LogText.FileName(line).ToString());
            }
            else if (LogText.Take(ref line, "BEST MODEL : "))
            {
                var name = LogText.FileName(line).ToString();
                Save(name);
                if (evaluated is { } value)
                {
                    var digits = name.AsSpan()[(name.LastIndexOf('_') + 1)..];
                    Best = new RecordedBest($"{Evaluation}avg_loss", value, LogText.TakeInteger(ref digits, out var step) ? step : endOfEpoch, name);
                }
            }
            else if (line.StartsWith("Training Environment", StringComparison.Ordinal))
            {
                (isNewStart, isRestored) = (Step is not null, isNewStart && isRestored);
            }
            else if (line.StartsWith("Restoring Model", StringComparison.Ordinal))
            {
                isRestored = true;
            }
            else if (LogText.Take(ref line, "Continuing from ") || LogText.Take(ref line, "Restoring from "))
            {
                var name = line.TrimEnd(" .").ToString();
                if (name != loaded)
                {
                    Event(LogEventKind.Loaded, name);
                }

                loaded = name;
            }
        }

        // A start says all it has to say twice, once for each of its loggers.
        private void Save(string name)
        {
            if (name != saved)
            {
                Log.Saved(new SavedCheckpoint(name, epoch));
            }

            saved = name;
        }

        private void BeginAgain()
        {
            if (isNewStart)
            {
                Log.Restart(fromNothing: !isRestored);
                (isNewStart, isRestored, endOfEpoch) = (false, false, isRestored ? endOfEpoch : null);
            }
        }
    }
}
