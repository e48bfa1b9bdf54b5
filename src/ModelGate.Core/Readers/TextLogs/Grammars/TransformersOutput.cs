using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;
using ModelGate.Syntax.Python;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>What the Trainer of Hugging Face's transformers prints: <c>{'loss': 2.31, 'grad_norm': 1.2, 'learning_rate': 4.5e-05, 'epoch': 0.5}</c>, mostly behind a progress bar.</summary>
/// <remarks>
/// Read in ProgressCallback and PrinterCallback of huggingface/transformers, trainer_callback.py; release 5 prints the values as texts. A dict states no step: it is that of the
/// progress bar of the training, the first that counts steps. tqdm draws the bar anew behind a dict; a bar that is in front of it on another line may be older. Where a file got both streams
/// with different delays, the epoch says the step; without a bar the dicts are counted.
/// </remarks>
internal sealed class TransformersOutput : LogGrammar
{
    private static readonly string[] Keys = ["'loss':", "'eval_loss':", "'train_loss':", "'train_runtime':", "'eval_runtime':"];

    /// <inheritdoc/>
    public override string Format => "transformers-output";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line)
    {
        var dict = DictOf(line, out _);
        if (!dict.Contains("'epoch':", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var key in Keys)
        {
            if (dict.Contains(key, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static ReadOnlySpan<char> DictOf(ReadOnlySpan<char> line, out ReadOnlySpan<char> front)
    {
        var open = line.IndexOf("{'", StringComparison.Ordinal);
        var close = line.LastIndexOf('}');
        front = open < 0 ? line : line[..open];
        return open >= 0 && close > open ? line[open..(close + 1)] : default;
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private const string Epoch = "epoch";

        private readonly Dictionary<string, LogSeries> series = new(StringComparer.Ordinal);
        private double lastEpoch = double.NegativeInfinity;
        private double? stepsOfEpoch;
        private long? total;
        private long? bar;
        private long? latestTotal;
        private Said? waiting;
        private long counted;
        private long withoutBar;

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            var dict = DictOf(line, out var front);
            var isBehindBar = ReadBars(front);
            if (dict.IsEmpty)
            {
                if (LogText.TryAfter(line, "Saving model checkpoint to ", out var path) && LogText.FileName(path) is var name && name.StartsWith("checkpoint-", StringComparison.Ordinal))
                {
                    Log.Saved(new SavedCheckpoint(name.ToString(), null));
                    return LineMeaning.Read;
                }

                return LineMeaning.Other;
            }

            if (!dict.Contains("'epoch':", StringComparison.Ordinal))
            {
                return LineMeaning.Other;
            }

            if (!PythonLiteral.TryReadDict(dict, 8, out var values) || values.Count > 1024 || !TryNumber(values.GetValueOrDefault(Epoch), out var epoch))
            {
                return LineMeaning.NotUnderstood;
            }

            Budget.Step(values.Count);
            Place(null);
            var said = new Said(values, epoch, bar);
            if (isBehindBar && bar is { } exact)
            {
                Exact(exact, epoch);
                Add(said, exact);
            }
            else if (values.ContainsKey("train_runtime"))
            {
                Add(said, ByEpoch(said, null) ?? bar);
            }
            else
            {
                waiting = said;
            }

            return LineMeaning.Read;
        }

        // At the end of the log, the bar in front is as good as any that moved.
        public override void End() => Place(waiting is { Bar: { } front } && front != Step ? front : null);

        public override IEnumerable<SafeText> Warnings()
            => [.. base.Warnings(), .. withoutBar > 0 ? (SafeText[])[SafeText.Of($"{SafeText.Count(withoutBar, "line of values follows", "lines of values follow")} no progress bar that counts the steps: they are counted instead")] : []];

        private static bool TryNumber(MetadataValue? read, out double value)
        {
            value = 0;
            switch (read)
            {
                case MetadataValue.Real real:
                    value = real.Value;
                    return true;
                case MetadataValue.Integer integer:
                    value = integer.Value;
                    return true;
                case MetadataValue.Text text:
                    return LogText.TryNumber(text.Value, out value);
                default:
                    return false;
            }
        }

        // A dict on a line of its own waits for the bar behind it; the next dict, or the end, says that there is none.
        private void Place(long? behind)
        {
            if (waiting is not { } said)
            {
                return;
            }

            waiting = null;
            if (ByEpoch(said, behind) is { } step)
            {
                Add(said, step);
                return;
            }

            if (behind is { } exact)
            {
                Exact(exact, said.Epoch);
            }

            Add(said, behind);
        }

        // What the epoch says is as exact as its two digits; a bar near it is right.
        private long? ByEpoch(Said said, long? behind)
        {
            if (stepsOfEpoch is not { } steps || said.Epoch < lastEpoch || said.Epoch * steps is not (>= 0 and < int.MaxValue and var expected))
            {
                return null;
            }

            var near = ((long?[])[said.Bar, behind]).Where(b => b is { } at && Math.Abs(at - expected) <= (0.01 * steps) + 1).OrderBy(b => Math.Abs(b!.Value - expected)).FirstOrDefault();
            return near ?? (long)Math.Round(expected);
        }

        private void Exact(long step, double epoch) => stepsOfEpoch = epoch > 0.05 && step > 0 ? step / epoch : stepsOfEpoch;

        private void Add(Said said, long? at)
        {
            var (values, epoch, _) = said;
            if (epoch < lastEpoch)
            {
                // Started again: the bar that was begun last is the one of this training.
                (total, Step, stepsOfEpoch) = (latestTotal ?? total, null, null);
            }

            lastEpoch = epoch;
            counted++;
            withoutBar += at is null ? 1 : 0;
            var step = at ?? counted;
            Step = step;
            if (epoch is >= 0 and < long.MaxValue)
            {
                Log.Epoch((long)epoch);
            }

            foreach (var (name, read) in values)
            {
                if (name != Epoch && !name.EndsWith("_runtime", StringComparison.Ordinal) && !name.EndsWith("_per_second", StringComparison.Ordinal) && TryNumber(read, out var value))
                {
                    if (!series.TryGetValue(name, out var known))
                    {
                        Budget.Keep(100 + (2L * name.Length));
                        series.Add(name, known = Log.Series(name));
                    }

                    Log.Add(known, step, value);
                }
            }

            if (values.ContainsKey("train_runtime"))
            {
                Event(LogEventKind.Finished, "train_runtime");
                lastEpoch = double.PositiveInfinity;
            }
        }

        // " 10%|#         | 100/1000 [04:04<11:27,  2.1it/s]". Bars of the data set have words in front; the one of an evaluation comes after that of the training.
        // Whether the last one is that of the training.
        private bool ReadBars(ReadOnlySpan<char> text)
        {
            var isMain = false;
            while (text.IndexOf("%|", StringComparison.Ordinal) is >= 0 and var at)
            {
                var percent = text[..at];
                text = text[(at + 2)..];
                var front = percent.TrimEnd();
                front = front[..(front.LastIndexOfAnyExceptInRange('0', '9') + 1)].TrimEnd();
                if (text.IndexOf("| ", StringComparison.Ordinal) is not (>= 0 and var end))
                {
                    break;
                }

                text = text[(end + 2)..].TrimStart();
                if (LogText.TakeInteger(ref text, out var n) && LogText.Take(ref text, "/") && LogText.TakeInteger(ref text, out var of) && !front.EndsWith(":", StringComparison.Ordinal))
                {
                    isMain = Note(n, of);
                }
            }

            return isMain;
        }

        private bool Note(long n, long of)
        {
            total ??= of;
            if (double.IsPositiveInfinity(lastEpoch))
            {
                // What is begun after a training ended is another one.
                (total, lastEpoch) = (of, double.MaxValue);
            }

            latestTotal = n == 0 ? of : latestTotal;
            if (of != total)
            {
                return false;
            }

            bar = n;
            Place(n);
            return true;
        }

        private readonly record struct Said(Dictionary<string, MetadataValue> Values, double Epoch, long? Bar);
    }
}
