using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;
using ModelGate.Syntax.Python;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>What the Trainer of Hugging Face's transformers prints: <c>{'loss': 2.31, 'grad_norm': 1.2, 'learning_rate': 4.5e-05, 'epoch': 0.5}</c>, mostly behind a progress bar.</summary>
/// <remarks>
/// Read in ProgressCallback and PrinterCallback of huggingface/transformers, trainer_callback.py; release 5 prints the values as texts. A dict states no step: it is that of the
/// progress bar of the training, which is the first that counts the steps; without one the dicts are counted.
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
        private long? total;
        private long? bar;
        private long? latestTotal;
        private long counted;
        private long withoutBar;

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            var dict = DictOf(line, out var front);
            ReadBars(front);
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
            Add(values, epoch);
            return LineMeaning.Read;
        }

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

        private void Add(Dictionary<string, MetadataValue> values, double epoch)
        {
            if (epoch < lastEpoch)
            {
                // Started again: the bar that was begun last is the one of this training.
                (total, Step) = (latestTotal ?? total, null);
                bar = total == latestTotal ? bar : null;
            }

            lastEpoch = epoch;
            counted++;
            withoutBar += bar is null ? 1 : 0;
            var step = bar ?? counted;
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
        private void ReadBars(ReadOnlySpan<char> text)
        {
            while (text.IndexOf("%|", StringComparison.Ordinal) is >= 0 and var at)
            {
                var percent = text[..at];
                text = text[(at + 2)..];
                var front = percent.TrimEnd();
                front = front[..(front.LastIndexOfAnyExceptInRange('0', '9') + 1)].TrimEnd();
                if (text.IndexOf("| ", StringComparison.Ordinal) is not (>= 0 and var end))
                {
                    return;
                }

                text = text[(end + 2)..].TrimStart();
                if (LogText.TakeInteger(ref text, out var n) && LogText.Take(ref text, "/") && LogText.TakeInteger(ref text, out var of) && !front.EndsWith(":", StringComparison.Ordinal))
                {
                    Note(n, of);
                }
            }
        }

        private void Note(long n, long of)
        {
            total ??= of;
            if (double.IsPositiveInfinity(lastEpoch))
            {
                // What is begun after a training ended is another one.
                (total, lastEpoch) = (of, double.MaxValue);
            }

            latestTotal = n == 0 ? of : latestTotal;
            bar = of == total ? n : bar;
        }
    }
}
