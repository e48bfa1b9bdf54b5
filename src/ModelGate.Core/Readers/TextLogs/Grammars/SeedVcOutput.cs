using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>What seed-vc prints: <c>epoch 0, step 10, loss: 0.5123</c>, mostly behind a progress bar; the loss is an average of the steps before.</summary>
/// <remarks>Read in train.py of Plachtaa/seed-vc.</remarks>
internal sealed class SeedVcOutput : LogGrammar
{
    /// <inheritdoc/>
    public override string Format => "seed-vc-output";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TryRead(line, out _, out _, out _);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryRead(ReadOnlySpan<char> line, out long epoch, out long step, out double loss)
    {
        (epoch, step, loss) = (0, 0, 0);
        return LogText.TryAfter(line, "epoch ", out var rest) && LogText.TakeInteger(ref rest, out epoch) && LogText.Take(ref rest, ", step ") && LogText.TakeInteger(ref rest, out step)
            && LogText.Take(ref rest, ", loss: ") && LogText.TryNumber(rest, out loss);
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly LogSeries losses = log.Series("loss");

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (TryRead(line, out var epoch, out var step, out var loss))
            {
                Step = step;
                Log.Epoch(epoch);
                Log.Add(losses, step, loss);
                return LineMeaning.Read;
            }

            if (LogText.TryAfter(line, "Final model saved at ", out _))
            {
                Event(LogEventKind.Finished, line);
                return LineMeaning.Read;
            }

            return LineMeaning.Other;
        }
    }
}
