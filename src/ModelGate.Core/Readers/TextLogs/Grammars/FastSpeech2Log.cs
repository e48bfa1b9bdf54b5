using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The log.txt of FastSpeech 2: <c>Step 100/500000, Total Loss: 0.3777, Mel Loss: 0.1846, …</c> and <c>Validation Step 10000, Total Loss: 2.9078, …</c>.</summary>
/// <remarks>Read in train.py and evaluate.py of ming024/FastSpeech2, whose descendants print alike.</remarks>
internal sealed class FastSpeech2Log : LogGrammar
{
    /// <inheritdoc/>
    public override string Format => "fastspeech2-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => TryBegin(line, out _, out _, out var rest) && rest.Contains("Loss: ", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    private static bool TryBegin(ReadOnlySpan<char> line, out long step, out bool isValidation, out ReadOnlySpan<char> rest)
    {
        rest = line;
        isValidation = LogText.Take(ref rest, "Validation ");
        step = 0;
        return LogText.Take(ref rest, "Step ") && LogText.TakeInteger(ref rest, out step) && (!LogText.Take(ref rest, "/") || LogText.TakeInteger(ref rest, out _)) && LogText.Take(ref rest, ", ");
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly SeriesByPlace training = new(log, NameOf);
        private readonly SeriesByPlace validation = new(log, name => $"validation/{NameOf(name)}");

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (!TryBegin(line, out var step, out var isValidation, out var rest))
            {
                return LineMeaning.Other;
            }

            Step = step;
            return AddLabelled(isValidation ? validation : training, step, rest) ? LineMeaning.Read : LineMeaning.NotUnderstood;
        }

        private static string NameOf(string label) => LogText.Snake(label);
    }
}
