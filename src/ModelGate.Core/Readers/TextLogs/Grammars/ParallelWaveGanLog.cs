using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The log of ParallelWaveGAN: <c>2020-10-25 10:00:00,123 (train:634) INFO: (Steps: 100) train/mel_loss = 0.6123.</c>, with a full stop at its end.</summary>
/// <remarks>Read in parallel_wavegan/bin/train.py of kan-bayashi/ParallelWaveGAN. A value is the mean over the interval.</remarks>
internal sealed class ParallelWaveGanLog : LogGrammar
{
    /// <inheritdoc/>
    public override string Format => "parallel-wavegan-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TryRead(line, out _, out _, out _);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryBegin(ReadOnlySpan<char> line, out long step, out ReadOnlySpan<char> rest)
    {
        step = 0;
        return LogText.TryAfter(line, "(Steps: ", out rest) && LogText.TakeInteger(ref rest, out step) && LogText.Take(ref rest, ") ");
    }

    private static bool TryRead(ReadOnlySpan<char> line, out long step, out ReadOnlySpan<char> name, out double value)
    {
        name = default;
        value = 0;
        if (!TryBegin(line, out step, out var rest) || rest.IndexOf(" = ", StringComparison.Ordinal) is not (> 0 and var equals))
        {
            return false;
        }

        name = rest[..equals];
        var text = rest[(equals + 3)..].Trim();
        return LogText.TryNumber(text.EndsWith(".", StringComparison.Ordinal) ? text[..^1] : text, out value);
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly SeriesByPlace series = new(log, name => name);

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (TryRead(line, out var step, out var name, out var value))
            {
                Step = step;
                Log.Add(series.Of(0, name), step, value);
                return LineMeaning.Read;
            }

            if (TryBegin(line, out _, out var rest))
            {
                if (LogText.Take(ref rest, "Finished ") && LogText.TakeInteger(ref rest, out var epoch))
                {
                    Log.Epoch(epoch);
                    return LineMeaning.Read;
                }

                return rest.Contains(" = ", StringComparison.Ordinal) ? LineMeaning.NotUnderstood : LineMeaning.Read;
            }

            if (LogText.TryAfter(line, "Successfully saved checkpoint @ ", out rest) && LogText.TakeInteger(ref rest, out var at))
            {
                Log.Saved(new SavedCheckpoint($"checkpoint-{at}steps.pkl", null));
            }
            else if (LogText.TryAfter(line, "Successfully resumed from ", out rest) || LogText.TryAfter(line, "Successfully load parameters from ", out rest))
            {
                Event(LogEventKind.Loaded, rest.TrimEnd(". "));
            }
            else if (line.EndsWith("Finished training.", StringComparison.Ordinal))
            {
                Event(LogEventKind.Finished, "Finished training.");
            }
            else
            {
                return LineMeaning.Other;
            }

            return LineMeaning.Read;
        }
    }
}
