using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>What Applio's console shows: <c>name | epoch=12 | step=480 | time=… | lowest_value=25.232 (epoch 3 and step 116)</c>.</summary>
/// <remarks>
/// Read in rvc/train/train.py of IAHispano/Applio. Its lowest value is the generator's total loss, the lowest so far; with the overtraining detector there
/// are smoothed losses beside it.
/// </remarks>
internal sealed class ApplioOutput : LogGrammar
{
    private const string Lowest = "lowest_value";

    /// <inheritdoc/>
    public override string Format => "applio-output";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TryBegin(line, out _, out _, out _);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryBegin(ReadOnlySpan<char> line, out long epoch, out long step, out ReadOnlySpan<char> rest)
    {
        (epoch, step) = (0, 0);
        return LogText.TryAfter(line, " | epoch=", out rest) && LogText.TakeInteger(ref rest, out epoch) && LogText.Take(ref rest, " | step=") && LogText.TakeInteger(ref rest, out step);
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly SeriesByPlace series = new(log, name => name);

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (TryBegin(line, out var epoch, out var step, out var rest))
            {
                Step = step;
                Log.Epoch(epoch);
                Add(step, rest);
                return LineMeaning.Read;
            }

            if (LogText.TryAfter(line, "Saved model '", out rest))
            {
                var close = rest.IndexOf('\'');
                var name = close < 0 ? default : LogText.FileName(rest[..close]);
                if (TrainLogLine.IsCheckpoint(name))
                {
                    long? named = LogText.TryAfter(rest, "(epoch ", out var at) && LogText.TakeInteger(ref at, out var number) ? number : null;
                    Log.Saved(new SavedCheckpoint(name.ToString(), named));
                }

                return LineMeaning.Read;
            }

            return ReadSaying(line) ? LineMeaning.Read : LineMeaning.Other;
        }

        private bool ReadSaying(ReadOnlySpan<char> line)
        {
            if (line.StartsWith("Loaded pretrained (", StringComparison.Ordinal) || line.StartsWith("Loaded checkpoint '", StringComparison.Ordinal))
            {
                Event(LogEventKind.Loaded, LogText.Quoted(line));
            }
            else if (line.StartsWith("Training has been successfully completed", StringComparison.Ordinal))
            {
                Event(LogEventKind.Finished, line);
            }
            else if (LogText.TryAfter(line, "Lowest generator loss: ", out var rest) && LogText.TakeNumber(ref rest, out var value))
            {
                Best = new RecordedBest(Lowest, value, LogText.TryAfter(rest, ", step ", out var at) && LogText.TakeInteger(ref at, out var step) ? step : null, null);
            }
            else
            {
                return line.StartsWith("New best epoch ", StringComparison.Ordinal) || line.StartsWith("Overtraining detected at epoch ", StringComparison.Ordinal);
            }

            return true;
        }

        // Times are no numbers, and "Number of epochs remaining for overtraining: 59" has no equals sign.
        private void Add(long step, ReadOnlySpan<char> rest)
        {
            var place = 0;
            foreach (var range in rest.Split('|'))
            {
                var part = rest[range].Trim();
                var equals = part.IndexOf('=');
                if (equals < 0)
                {
                    continue;
                }

                var text = part[(equals + 1)..];
                if (LogText.TakeNumber(ref text, out var value))
                {
                    Log.Add(series.Of(place++, part[..equals]), step, value);
                    if (part[..equals] is Lowest && LogText.TryAfter(text, " and step ", out var at) && LogText.TakeInteger(ref at, out var best))
                    {
                        Best = new RecordedBest(Lowest, value, best, null);
                    }
                }
            }
        }
    }
}
