using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The train.log of VITS and its children, such as MeloTTS, Bert-VITS2 and GPT-SoVITS: <c>[disc, gen, fm, mel, dur, kl, step, learning rate]</c>.</summary>
internal sealed class VitsLog : LogGrammar
{
    // A list alone may be anything: it is one of losses where a step and a learning rate end it.
    private const int MostPrinted = 7;
    private const double HighestRate = 0.1;

    /// <inheritdoc/>
    public override string Format => "vits-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line)
    {
        if (line.TrimEnd() is not [.., ']'])
        {
            return false;
        }

        Span<double> values = stackalloc double[LossList.Most];
        return TryRead(line, values, out var losses, out _, out var rate) == LineMeaning.Read
            && (!TrainLogLine.MessageOf(line).IsEmpty || (losses <= MostPrinted && rate is > 0 and < HighestRate && line[(line.LastIndexOf('[') + 1)..].Count('.') >= losses));
    }

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    // Some forks leave the rate out: the step is the one whole number at the end.
    private static LineMeaning TryRead(ReadOnlySpan<char> line, Span<double> values, out int losses, out long step, out double? rate)
    {
        (losses, step, rate) = (0, 0, null);
        line = line.TrimEnd();
        var open = line.LastIndexOf('[');
        if (open < 0 || line[^1] != ']' || (open > 0 && line[open - 1] is not (' ' or '\t' or ':')))
        {
            return LineMeaning.Other;
        }

        var list = line[(open + 1)..^1];
        var comma = list.LastIndexOf(',');
        if (comma < 0)
        {
            return LineMeaning.Other;
        }

        var count = LossList.Read(list, values);
        if (LogText.TryInteger(list[(comma + 1)..].Trim(), out step))
        {
            losses = count - 1;
        }
        else
        {
            var front = list[..comma];
            if (!LogText.TryInteger(front[(front.LastIndexOf(',') + 1)..].Trim(), out step))
            {
                return LineMeaning.Other;
            }

            losses = count - 2;
            rate = count > 0 ? values[count - 1] : null;
        }

        return losses >= LossList.Fewest ? LineMeaning.Read : count < 0 && list.Count(',') >= LossList.Fewest ? LineMeaning.NotUnderstood : LineMeaning.Other;
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : TrainLogLines(log, budget)
    {
        private readonly double[] values = LossList.NewValues();
        private LogSeries[] series = [];
        private LogSeries? rates;

        protected override LineMeaning ReadNumbers(ReadOnlySpan<char> message) => message[^1] == ']' ? ReadList(message) : LineMeaning.Other;

        protected override LineMeaning ReadPlain(ReadOnlySpan<char> line) => base.ReadPlain(line) is LineMeaning.Other && line.TrimEnd() is [.., ']'] ? ReadList(line) : LineMeaning.Other;

        private LineMeaning ReadList(ReadOnlySpan<char> line)
        {
            var meaning = TryRead(line, values, out var losses, out var step, out var rate);
            if (meaning != LineMeaning.Read)
            {
                return meaning;
            }

            BeginStep(step);
            if (series.Length != losses)
            {
                series = [.. LossList.Names(losses, Hyperparameters).Select(Log.Series)];
            }

            for (var i = 0; i < losses; i++)
            {
                Log.Add(series[i], step, values[i]);
            }

            if (rate is { } known)
            {
                Log.Add(rates ??= Log.Series("learning_rate"), step, known);
            }

            return LineMeaning.Read;
        }
    }
}
