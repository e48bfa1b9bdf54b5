using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>What HiFi-GAN and its forks print: <c>Steps : 5, Gen Loss Total : 61.312, Mel-Spec. Error : 1.112, s/b : 0.412</c>.</summary>
/// <remarks>
/// Read in the train.py of jik876/hifi-gan; NVIDIA/BigVGAN parts its last values by spaces, and forks have more labels, in other order. The series have the names
/// of the event files' tags: both are of one run.
/// </remarks>
internal sealed class HifiGanLog : LogGrammar
{
    private const string Mark = "Gen Loss Total";

    /// <inheritdoc/>
    public override string Format => "hifi-gan-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => HasNumber(line, Mark) && HasNumber(line, "Steps");

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool HasNumber(ReadOnlySpan<char> line, string label)
    {
        if (!LogText.TryAfter(line, label, out var rest) || rest.TrimStart() is not [':', .. var value])
        {
            return false;
        }

        return LogText.TakeNumber(ref value, out _);
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private const int MostValues = 64;

        private readonly SeriesByPlace series = new(log, NameOf);
        private readonly (LogSeries Series, double Value)[] values = new (LogSeries, double)[MostValues];

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (line.Contains(Mark, StringComparison.Ordinal))
            {
                return ReadNumbers(line) ? LineMeaning.Read : LineMeaning.NotUnderstood;
            }

            var rest = line;
            if (LogText.Take(ref rest, "Epoch: ") || LogText.Take(ref rest, "Epoch : ") || LogText.Take(ref rest, "Time taken for epoch "))
            {
                if (LogText.TakeInteger(ref rest, out var epoch))
                {
                    Log.Epoch(epoch);
                }
            }
            else if (LogText.Take(ref rest, "Saving checkpoint to "))
            {
                Log.Saved(new SavedCheckpoint(LogText.FileName(rest).ToString(), null));
            }
            else if (LogText.Take(ref rest, "Loading '"))
            {
                Event(LogEventKind.Loaded, rest.TrimEnd("'."));
            }
            else
            {
                return LineMeaning.Other;
            }

            return LineMeaning.Read;
        }

        private static string NameOf(string label) => LogText.Snake(label) switch
        {
            "mel_error" => "training/mel_spec_error",
            "lr" => "learning_rate",
            var name => $"training/{name}",
        };

        private bool ReadNumbers(ReadOnlySpan<char> line)
        {
            var labelled = new LabelledValues(line, ':');
            long? step = null;
            var count = 0;
            while (labelled.Next())
            {
                var label = labelled.Label;
                if (label.EndsWith("Steps", StringComparison.Ordinal))
                {
                    step = LogText.TryInteger(labelled.Text, out var whole) ? whole : null;
                }
                else if (label is "Epoch" or "Epochs")
                {
                    if (LogText.TryInteger(labelled.Text, out var epoch))
                    {
                        Log.Epoch(epoch);
                    }
                }
                else if (!LogText.TryNumber(labelled.Text, out var value) || count == MostValues)
                {
                    return false;
                }
                else
                {
                    values[count] = (series.Of(count, label), value);
                    count++;
                }
            }

            if (step is not { } at || count == 0)
            {
                return false;
            }

            Step = at;
            foreach (var (known, value) in values.AsSpan(0, count))
            {
                Log.Add(known, at, value);
            }

            return true;
        }
    }
}
