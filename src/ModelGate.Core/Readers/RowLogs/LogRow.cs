using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.MetricFiles;
using ModelGate.Syntax.Json;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.RowLogs;

/// <summary>The numbers of a JSON object that is a row of a log, by dotted path.</summary>
/// <remarks>Python's <c>NaN</c> and <c>Infinity</c> count, also where a writer put them in quotation marks; what is in lists does not.</remarks>
internal sealed class LogRow(ReadBudget budget)
{
    // A sentence as a name could be shown by no report.
    private const int LongestName = 1024;

    // tensor(nan, device='cuda:0', grad_fn=<DivBackward0>) is one of the longest.
    private const int LongestWord = 100;

    private readonly List<string> names = [];
    private readonly List<double> values = [];
    private readonly List<(int Before, string Name, string Text)> texts = [];
    private readonly Stack<string?> outer = new();

    /// <summary>The names of its numbers.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Its numbers, in the order of the names.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>Reads an object, at whose beginning the reader is, to its end.</summary>
    /// <param name="reader">The text, with numbers in the place of Python's words.</param>
    /// <param name="words">The offsets of these words, ascending.</param>
    public void Read(ref Utf8JsonReader reader, List<int> words)
    {
        names.Clear();
        values.Clear();
        texts.Clear();
        outer.Clear();
        var (depth, prefix, name) = (reader.CurrentDepth, (string?)"", (string?)"");
        while (reader.Read() && (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth != depth))
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Join(prefix, StrictJson.Text(ref reader));
                    break;
                case JsonTokenType.StartObject:
                    outer.Push(prefix);
                    prefix = name;
                    break;
                case JsonTokenType.EndObject:
                    prefix = outer.Pop();
                    break;
                case JsonTokenType.StartArray:
                    reader.TrySkip();
                    break;
                case JsonTokenType.Number:
                    Add(name, words.BinarySearch((int)reader.TokenStartIndex) >= 0 ? PythonJson.ValueOf(reader.ValueSpan) : reader.GetDouble());
                    break;
                case JsonTokenType.String when name is not null && reader.ValueSpan.Length <= LongestWord:
                    budget.Step();
                    texts.Add((names.Count, name, StrictJson.Text(ref reader)));
                    break;
            }
        }
    }

    /// <summary>Adds what the row says to a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="otherwise">The step where the row says none; null where it then says nothing.</param>
    /// <returns>The step; null where there is none, and nothing was added.</returns>
    public long? AddTo(TrainingLogBuilder log, long? otherwise)
    {
        var index = StepNames.IndexIn(names);
        if ((index < 0 ? otherwise : StepNames.StepOf(values[index]) ?? otherwise) is not { } step)
        {
            return null;
        }

        log.Reach(step);
        var next = 0;
        for (var i = 0; i <= names.Count; i++)
        {
            // In the order of the row, which is that of the series.
            for (; next < texts.Count && texts[next].Before == i; next++)
            {
                AddText(log, step, texts[next].Name, texts[next].Text);
            }

            if (i == names.Count)
            {
                break;
            }

            if (names[i].Equals(StepNames.Epoch, StringComparison.OrdinalIgnoreCase))
            {
                if (StepNames.StepOf(Math.Floor(values[i])) is { } epoch)
                {
                    log.Epoch(epoch);
                }
            }
            else if (i != index)
            {
                log.Add(names[i], step, values[i]);
            }
        }

        return step;
    }

    // A text is a value of a series where the series has others; a speaker may be called Nan.
    private static void AddText(TrainingLogBuilder log, long step, string name, string text)
    {
        if (!log.Has(name) && !name.Contains("loss", StringComparison.OrdinalIgnoreCase) && !name.Contains("grad", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (NumberWords.TryParse(text, out var value))
        {
            log.Add(name, step, value);
        }
        else if (!MetricNumber.IsAbsent(text))
        {
            log.Pass(text, isInPlaceOfValue: log.Has(name));
        }
    }

    private void Add(string? name, double value)
    {
        budget.Step();
        if (name is not null)
        {
            names.Add(name);
            values.Add(value);
        }
    }

    private static string? Join(string? prefix, string name)
        => prefix is null || prefix.Length + name.Length >= LongestName ? null : prefix.Length == 0 ? name : $"{prefix}.{name}";
}
