using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>A log that a configuration describes: a pattern for its steps, and patterns for its values.</summary>
/// <remarks>A value is of the step that its line states, else of the one that was stated last.</remarks>
internal sealed class PatternLog(LogPattern pattern) : LogGrammar
{
    /// <inheritdoc/>
    public override string Format => "pattern-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line) => pattern.Step.IsMatch(line);

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(pattern, log, budget);

    private sealed class Lines(LogPattern pattern, TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly Dictionary<string, LogSeries> series = new(StringComparer.Ordinal);
        private readonly bool[] fitted = new bool[pattern.Series.Count];
        private long withoutStep;

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            try
            {
                Budget.Step(line.Length);
                return ReadLine(line.ToString());
            }
            catch (RegexMatchTimeoutException)
            {
                throw ReadBudget.Exceeded(nameof(ReadLimits.FileTime), SafeText.Of($"a pattern of the configuration took longer than {pattern.Step.MatchTimeout.TotalSeconds} s on one line"));
            }
        }

        public override IEnumerable<SafeText> Warnings()
            => [.. base.Warnings(), .. pattern.Series.Where((s, i) => s.Name is not null && !fitted[i]).Select(s => SafeText.Of($"the pattern of {SafeText.From(s.Name)} matches no line")), .. withoutStep > 0 ? (SafeText[])[SafeText.Of($"{SafeText.Count(withoutStep, "value comes", "values come")} before the first step, and {(withoutStep == 1 ? "is" : "are")} left out")] : []];

        private LineMeaning ReadLine(string line)
        {
            var (meaning, isNew) = (LineMeaning.Other, false);
            if (pattern.Step.Match(line) is { Success: true } at)
            {
                if (!LogText.TryInteger(at.Groups[1].ValueSpan.Trim(), out var step))
                {
                    return LineMeaning.NotUnderstood;
                }

                Step = step;
                isNew = Log.Reach(step);
                meaning = LineMeaning.Read;
            }

            var read = 0;

            foreach (var (index, (name, values)) in pattern.Series.Index())
            {
                for (var match = values.Match(line); match.Success; match = match.NextMatch())
                {
                    Budget.Step();
                    fitted[index] = true;
                    var group = name is null ? match.Groups[SeriesPattern.ValueGroup] : match.Groups[1];
                    if (!LogText.TryNumber(group.ValueSpan.TrimEnd(",;"), out var value) || GoesOn(line.AsSpan(group.Index + group.Length)))
                    {
                        Log.Pass(group.ValueSpan, isInPlaceOfValue: true);
                        meaning = LineMeaning.NotUnderstood;
                        continue;
                    }

                    read++;
                    Add(name ?? match.Groups[SeriesPattern.NameGroup].Value.Trim(), value);
                    meaning = meaning == LineMeaning.Other ? LineMeaning.Read : meaning;
                }
            }

            // A step whose values no pattern found: they may be written otherwise, as a loss of NaN is.
            if (meaning == LineMeaning.Read && read == 0)
            {
                Log.Pass(line);
                if (!isNew)
                {
                    Log.Miss();
                }
            }

            return meaning;
        }

        // A pattern such as [0-9.]+ takes a part of 1.2e+30: half a number is another number.
        private static bool GoesOn(ReadOnlySpan<char> rest) => rest switch
        {
            [>= '0' and <= '9', ..] or ['.', >= '0' and <= '9', ..] => true,
            ['e' or 'E', >= '0' and <= '9', ..] or ['e' or 'E', '+' or '-', >= '0' and <= '9', ..] => true,
            _ => false,
        };

        private void Add(string name, double value)
        {
            if (Step is not { } step || name.Length == 0)
            {
                withoutStep++;
                return;
            }

            if (!series.TryGetValue(name, out var known))
            {
                Budget.Keep(100 + (2L * name.Length));
                series.Add(name, known = Log.Series(name));
            }

            Log.Add(known, step, value);
        }
    }
}
