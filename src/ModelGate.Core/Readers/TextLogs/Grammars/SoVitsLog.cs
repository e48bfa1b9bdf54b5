using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The train.log of so-vits-svc 4 and its forks: <c>Losses: [disc, gen, fm, mel, kl], step: 2400, lr: 9.98e-05, reference_loss: 32.27</c>.</summary>
internal sealed class SoVitsLog : LogGrammar
{
    private const string Mark = "Losses: [";

    /// <inheritdoc/>
    public override string Format => "so-vits-svc-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line)
    {
        Span<double> values = stackalloc double[LossList.Most];
        return LogText.TryAfter(line, Mark, out var rest) && rest.IndexOf(']') is > 0 and var close && LossList.Read(rest[..close], values) > 0
            && rest[(close + 1)..].Contains("step", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : TrainLogLines(log, budget)
    {
        private readonly double[] values = LossList.NewValues();
        private readonly SeriesByPlace others = new(log, name => name is "lr" or "Lr" ? "learning_rate" : LogText.Snake(name));
        private readonly List<(LogSeries Series, double Value)> beside = [];
        private LogSeries[] series = [];

        protected override LineMeaning ReadNumbers(ReadOnlySpan<char> message) => ReadPlain(message);

        protected override LineMeaning ReadPlain(ReadOnlySpan<char> line)
        {
            if (!LogText.TryAfter(line, Mark, out var rest))
            {
                return base.ReadPlain(line);
            }

            var close = rest.IndexOf(']');
            var count = close < 0 ? -1 : LossList.Read(rest[..close], values);
            if (count < 1)
            {
                return LineMeaning.NotUnderstood;
            }

            if (series.Length != count)
            {
                series = [.. LossList.Names(count, Hyperparameters).Select(Log.Series)];
            }

            long? step = null;
            beside.Clear();
            var labelled = new LabelledValues(rest[(close + 1)..], ':');
            while (labelled.Next())
            {
                if (labelled.Label is "step" or "steps" or "Step" or "Steps")
                {
                    step = LogText.TryInteger(labelled.Text, out var whole) ? whole : null;
                }
                else if (LogText.TryNumber(labelled.Text, out var value) && beside.Count < values.Length)
                {
                    beside.Add((others.Of(beside.Count, labelled.Label), value));
                }
            }

            if (step is not { } at)
            {
                return LineMeaning.NotUnderstood;
            }

            BeginStep(at);
            for (var i = 0; i < count; i++)
            {
                Log.Add(series[i], at, values[i]);
            }

            foreach (var (other, value) in beside)
            {
                Log.Add(other, at, value);
            }

            return LineMeaning.Read;
        }
    }
}
