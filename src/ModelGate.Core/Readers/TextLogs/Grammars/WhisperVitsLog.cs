using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The log of whisper-vits-svc: <c>g 30.1234 m 0.5678 s 1.2345 d 2.3456 k 0.1234 r 0.2345 i 0.0123 | step 200</c>.</summary>
/// <remarks>Read in vits_extend/train.py of PlayVoice/whisper-vits-svc (and of its forks, some with <c>epoch 3 | </c> in front).</remarks>
internal sealed class WhisperVitsLog : LogGrammar
{
    private const int MostLosses = 16;

    /// <inheritdoc/>
    public override string Format => "whisper-vits-svc-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line)
    {
        Span<(char, double)> values = stackalloc (char, double)[MostLosses];
        return TryRead(line, values, out _, out _);
    }

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static string NameOf(char letter) => letter switch
    {
        'g' => "loss_gen",
        'm' => "loss_mel",
        's' => "loss_stft",
        'd' => "loss_disc",
        'k' => "loss_kl",
        'r' => "loss_kl_r",
        'i' => "loss_spk",
        _ => $"loss_{letter}",
    };

    private static bool TryRead(ReadOnlySpan<char> line, Span<(char Letter, double Value)> values, out int count, out long step)
    {
        (count, step) = (0, 0);
        var end = line.IndexOf("| step ", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var rest = line[(end + "| step ".Length)..];
        var front = line[..end];
        if (!LogText.TakeInteger(ref rest, out step) || front.LastIndexOf("g ", StringComparison.Ordinal) is not (>= 0 and var begin) || (begin > 0 && front[begin - 1] is not (' ' or '\t' or ':')))
        {
            return false;
        }

        front = front[begin..];
        while (front.TrimStart() is [var letter, ' ', .. var number] && char.IsAsciiLetterLower(letter) && count < values.Length)
        {
            front = number;
            if (!LogText.TakeNumber(ref front, out var value))
            {
                return false;
            }

            values[count++] = (letter, value);
        }

        return count >= 4 && front.IsWhiteSpace();
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly (char Letter, double Value)[] values = new (char, double)[MostLosses];
        private readonly Dictionary<char, LogSeries> series = [];

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (TryRead(line, values, out var count, out var step))
            {
                Step = step;
                foreach (var (letter, value) in values.AsSpan(0, count))
                {
                    if (!series.TryGetValue(letter, out var known))
                    {
                        series.Add(letter, known = Log.Series(NameOf(letter)));
                    }

                    Log.Add(known, step, value);
                }

                if (LogText.TryAfter(line, "epoch ", out var rest) && LogText.TakeInteger(ref rest, out var epoch))
                {
                    Log.Epoch(epoch);
                }

                return LineMeaning.Read;
            }

            if (LogText.TryAfter(line, "Saved checkpoint to: ", out var saved))
            {
                Log.Saved(new SavedCheckpoint(LogText.FileName(saved).ToString(), null));
                return LineMeaning.Read;
            }

            if (LogText.TryAfter(line, "Resuming from checkpoint: ", out var path) || LogText.TryAfter(line, "pretrain model: ", out path))
            {
                Event(LogEventKind.Loaded, path);
                return LineMeaning.Read;
            }

            return line.Contains("| step ", StringComparison.Ordinal) ? LineMeaning.NotUnderstood : LineMeaning.Other;
        }
    }
}
