using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The train.log of StyleTTS: <c>INFO:2026-03-05 23:25:42,758: Epoch [1/5], Step [10/62], Mel Loss: 0.74882, …</c>.</summary>
/// <remarks>Read in train_first.py and train_second.py of yl4579/StyleTTS and StyleTTS2. Steps are counted in their epoch.</remarks>
internal sealed class StyleTtsLog : LogGrammar
{
    /// <inheritdoc/>
    public override string Format => "styletts-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TryBegin(line, out _, out _, out var rest) && rest.Contains("oss: ", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryBegin(ReadOnlySpan<char> line, out long epoch, out long step, out ReadOnlySpan<char> rest)
    {
        (epoch, step) = (0, 0);
        if (!LogText.TryAfter(line, "Epoch [", out rest) || !TakeOf(ref rest, out epoch, out _) || !LogText.Take(ref rest, ", Step [") || !TakeOf(ref rest, out var inEpoch, out var length)
            || inEpoch > int.MaxValue || length > int.MaxValue || epoch is < 1 or > int.MaxValue)
        {
            return false;
        }

        step = ((epoch - 1) * length) + inEpoch;
        return LogText.Take(ref rest, ", ");
    }

    private static bool TakeOf(ref ReadOnlySpan<char> text, out long number, out long of)
    {
        of = 0;
        return LogText.TakeInteger(ref text, out number) && LogText.Take(ref text, "/") && LogText.TakeInteger(ref text, out of) && LogText.Take(ref text, "]");
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly SeriesByPlace training = new(log, name => LogText.Snake(name));
        private readonly SeriesByPlace validation = new(log, name => $"validation/{LogText.Snake(name)}");

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (TryBegin(line, out var epoch, out var step, out var rest))
            {
                Step = step;
                Log.Epoch(epoch);
                return AddLabelled(training, step, rest) ? LineMeaning.Read : LineMeaning.NotUnderstood;
            }

            return Step is { } before && LogText.TryAfter(line, "Validation ", out rest) && AddLabelled(validation, before, rest) ? LineMeaning.Read : LineMeaning.Other;
        }
    }
}
