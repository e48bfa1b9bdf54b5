using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>RVC's train.log, or what its console shows, of every release, fork and language.</summary>
/// <remarks>It keys on the two lines that no release translates, <c>[step, learning rate]</c> and <c>loss_disc=…</c>.</remarks>
internal sealed class RvcLog : LogGrammar
{
    private static readonly string[] Losses = ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl"];

    /// <inheritdoc/>
    public override string Format => "rvc-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TrainLogLine.MessageOf(line).StartsWith("loss_disc=", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Hints(ReadOnlySpan<char> line)
    {
        var message = TrainLogLine.MessageOf(line);
        return message.StartsWith("{'", StringComparison.Ordinal) || message.StartsWith("Train Epoch: ", StringComparison.Ordinal) || TryReadStep(message, out _, out _);
    }

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryReadStep(ReadOnlySpan<char> message, out long step, out double rate)
    {
        (step, rate) = (0, 0);
        if (message.Length < 5 || message[0] != '[' || message[^1] != ']')
        {
            return false;
        }

        message = message[1..^1];
        var comma = message.IndexOf(',');
        return comma > 0 && LogText.TryInteger(message[..comma], out step) && LogText.TryNumber(message[(comma + 1)..], out rate);
    }

    private sealed class Lines : TrainLogLines
    {
        private const int MostLosses = 32;

        private readonly SeriesByPlace series;
        private readonly LogSeries rates;
        private readonly (LogSeries Series, double Value)[] values = new (LogSeries, double)[MostLosses];
        private long? pending;
        private long? last;
        private long lossLines;
        private long unplaced;

        public Lines(TrainingLogBuilder log, ReadBudget budget)
            : base(log, budget)
        {
            series = new SeriesByPlace(log, name => name);
            for (var i = 0; i < Losses.Length; i++)
            {
                series.Of(i, Losses[i]);
            }

            rates = log.Series("learning_rate");
        }

        public override IEnumerable<SafeText> Warnings()
            => [.. unplaced > 0 ? (SafeText[])[SafeText.Of($"{unplaced} of {lossLines} lines with losses follow no [step, learning rate] line: they are placed at the next free step")] : [], .. base.Warnings()];

        // The losses are what a run is about: one that began again and logged none has empty curves, not none.
        public override TrainingLog Finish(TrainingLog read)
        {
            read = base.Finish(read);
            return read with { Series = [.. Losses.Select(name => read.Series.FirstOrDefault(s => s.Name == name) ?? new ScalarSeries(name, [])), .. read.Series.Where(s => !Losses.Contains(s.Name))] };
        }

        protected override LineMeaning ReadNumbers(ReadOnlySpan<char> message)
        {
            if (message[0] == '[' && TryReadStep(message, out var step, out var rate))
            {
                BeginStep(step);
                (pending, last) = (step, step);
                Log.Add(rates, step, rate);
                return LineMeaning.Read;
            }

            if (!message.StartsWith("loss_disc=", StringComparison.Ordinal))
            {
                return LineMeaning.Other;
            }

            if (!TryReadLosses(message, out var count))
            {
                return LineMeaning.NotUnderstood;
            }

            Add(count);
            return LineMeaning.Read;
        }

        // All five, in this order, and nothing else but more of the kind.
        private bool TryReadLosses(ReadOnlySpan<char> message, out int count)
        {
            count = 0;
            var found = 0;
            while (!message.IsEmpty)
            {
                var equals = message.IndexOf('=');
                if (equals < 0 || count == MostLosses)
                {
                    return false;
                }

                var name = message[..equals].TrimStart();
                message = message[(equals + 1)..];
                var comma = message.IndexOf(',');
                if (!LogText.TryNumber(comma < 0 ? message : message[..comma], out var value))
                {
                    return false;
                }

                if (found < Losses.Length && name.SequenceEqual(Losses[found]))
                {
                    found++;
                }

                values[count] = (series.Of(count, name), value);
                count++;
                message = comma < 0 ? default : message[(comma + 1)..];
            }

            return found == Losses.Length;
        }

        private void Add(int count)
        {
            lossLines++;
            if (pending is not { } step)
            {
                // Without a step there is only the order: each line counts for one, after the last step that is known.
                unplaced++;
                step = last is { } known && known < long.MaxValue ? known + 1 : last ?? 0;
                (last, Step) = (step, step);
            }

            pending = null;
            for (var i = 0; i < count; i++)
            {
                Log.Add(values[i].Series, step, values[i].Value);
            }
        }
    }
}
