using System.Text.Json;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>fairseq's log in its three forms: JSON, simple, and that of releases before 0.9, where each line begins with a bar.</summary>
/// <remarks>
/// Read in fairseq/logging/progress_bar.py and fairseq_cli/train.py of facebookresearch/fairseq, and in its issues 301, 514, 940 and 1910. Every value is a text, in JSON too.
/// An update whose gradient overflows in half precision is left out; where the loss scale cannot be lowered any more, training ends: the loss is not finite.
/// </remarks>
internal sealed class FairseqLog : LogGrammar
{
    // Speeds and times are no curves of the training.
    private static readonly string[] NoSeries = ["wps", "ups", "wpb", "bsz", "train_wall", "gb_free", "wall", "update", "epoch", "num_updates", "s/checkpoint", "words/s", "words/batch", "oom", "clip"];

    /// <inheritdoc/>
    public override string Format => "fairseq-log";

    /// <inheritdoc/>
    public override bool Claims(ReadOnlySpan<char> line)
    {
        var content = ContentOf(line, out var logger);
        return content is ['{', ..]
            ? logger.StartsWith("train", StringComparison.Ordinal) && content.Contains("num_updates", StringComparison.Ordinal)
            : TryBegin(content, out _, out var rest) && (rest.Contains("loss=", StringComparison.Ordinal) || rest.Contains("loss ", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override LogLines Begin(TrainingLogBuilder log, ReadBudget budget) => new Lines(log, budget);

    // "… | INFO | train_inner | content", or "| content" in old releases.
    private static ReadOnlySpan<char> ContentOf(ReadOnlySpan<char> line, out ReadOnlySpan<char> logger)
    {
        logger = default;
        if (LogText.TryAfter(line, "| INFO | ", out var rest))
        {
            var bar = rest.IndexOf(" | ", StringComparison.Ordinal);
            if (bar < 0)
            {
                return default;
            }

            logger = rest[..bar];
            return rest[(bar + 3)..].Trim();
        }

        return line.StartsWith("| ", StringComparison.Ordinal) ? line[2..].Trim() : default;
    }

    private static bool TryBegin(ReadOnlySpan<char> content, out long epoch, out ReadOnlySpan<char> rest)
    {
        epoch = 0;
        rest = content;
        return LogText.Take(ref rest, "epoch ") && LogText.TakeInteger(ref rest, out epoch) && epoch <= int.MaxValue && rest is [':' or ' ', ..];
    }

    private sealed class Lines(TrainingLogBuilder log, ReadBudget budget) : LogLines(log, budget)
    {
        private readonly Dictionary<string, LogSeries?> series = new(StringComparer.Ordinal);
        private readonly List<(string Name, double Value)> values = [];
        private long? batches;

        public override LineMeaning Read(ReadOnlySpan<char> line)
        {
            if (ReadSaying(line))
            {
                return LineMeaning.Read;
            }

            var content = ContentOf(line, out var logger);
            if (content is ['{', ..])
            {
                return !logger.StartsWith("train", StringComparison.Ordinal) && !logger.StartsWith("valid", StringComparison.Ordinal) ? LineMeaning.Other
                    : ReadJson(content) ? LineMeaning.Read
                    : LineMeaning.NotUnderstood;
            }

            return !TryBegin(content, out var epoch, out var rest) ? LineMeaning.Other : ReadStatistics(epoch, rest) ? LineMeaning.Read : LineMeaning.NotUnderstood;
        }

        private bool ReadSaying(ReadOnlySpan<char> line)
        {
            if (line.Contains("overflow detected", StringComparison.Ordinal) || line.Contains("Minimum loss scale reached", StringComparison.Ordinal))
            {
                Event(LogEventKind.GradientOverflow, line[(line.LastIndexOf('|') + 1)..]);
            }
            else if (LogText.TryAfter(line, "aved checkpoint ", out var rest))
            {
                ReadSaved(rest);
            }
            else if (LogText.TryAfter(line, "Loaded checkpoint ", out rest))
            {
                Event(LogEventKind.Loaded, rest[..(rest.IndexOf(" (", StringComparison.Ordinal) is > 0 and var end ? end : rest.Length)]);
            }
            else if (line.Contains("done training in ", StringComparison.Ordinal))
            {
                Event(LogEventKind.Finished, "done training");
            }
            else
            {
                return false;
            }

            return true;
        }

        private void ReadSaved(ReadOnlySpan<char> rest)
        {
            var end = rest.IndexOf(" (epoch ", StringComparison.Ordinal);
            if (end < 0)
            {
                return;
            }

            var name = LogText.FileName(rest[..end]).ToString();
            rest = rest[(end + " (epoch ".Length)..];
            long? epoch = LogText.TakeInteger(ref rest, out var number) ? number : null;
            Log.Saved(new SavedCheckpoint(name, epoch));
            if (name.StartsWith("checkpoint_best", StringComparison.Ordinal) && LogText.TryAfter(rest, "score ", out var score) && LogText.TakeNumber(ref score, out var value))
            {
                Best = new RecordedBest("", value, LogText.Take(ref rest, " @ ") && LogText.TakeInteger(ref rest, out var step) ? step : null, name);
            }
        }

        private bool ReadJson(ReadOnlySpan<char> content)
        {
            values.Clear();
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(content.ToString()), new JsonReaderOptions { MaxDepth = 8 });
            try
            {
                var name = "";
                while (reader.Read())
                {
                    Budget.Step();
                    if (reader.TokenType == JsonTokenType.PropertyName)
                    {
                        name = reader.CurrentDepth == 1 ? reader.GetString() ?? "" : "";
                    }
                    else if (reader.TokenType == JsonTokenType.Number && name.Length > 0)
                    {
                        values.Add((name, reader.GetDouble()));
                    }
                    else if (reader.TokenType == JsonTokenType.String && name.Length > 0 && LogText.TryNumber(reader.GetString(), out var value))
                    {
                        values.Add((name, value));
                    }
                }
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
            {
                return false;
            }

            return Add(null, null);
        }

        // "   200 / 1374 loss=14.351, ppl=…": within an epoch; " | loss 3.663 | ppl …": at its end; "| valid on 'valid' subset" on held-out data.
        private bool ReadStatistics(long epoch, ReadOnlySpan<char> rest)
        {
            values.Clear();
            var prefix = "train";
            var isValidation = LogText.TryAfter(rest, "valid on '", out var subset);
            if (isValidation)
            {
                var close = subset.IndexOf('\'');
                prefix = close > 0 ? subset[..close].ToString() : "valid";
            }

            if (TryReadProgress(rest, out var batch, out var total, out var pairs))
            {
                if (isValidation)
                {
                    return true;
                }

                batches = total;
                var labelled = new LabelledValues(pairs, '=');
                while (labelled.Next())
                {
                    Take(labelled.Label, labelled.Text, "");
                }

                return Add(epoch, total > 0 && epoch > 0 ? ((epoch - 1) * total) + batch : null);
            }

            foreach (var range in rest.Split('|'))
            {
                var field = rest[range].Trim();
                if (field.LastIndexOf(' ') is > 0 and var space)
                {
                    Take(field[..space].TrimEnd(), field[(space + 1)..], prefix);
                }
            }

            return Add(epoch, Step ?? (epoch * batches)) || isValidation;
        }

        private static bool TryReadProgress(ReadOnlySpan<char> rest, out long batch, out long total, out ReadOnlySpan<char> pairs)
        {
            (batch, total) = (0, 0);
            pairs = default;
            var slash = rest.IndexOf('/');
            while (slash > 0)
            {
                var front = rest[..slash].TrimEnd();
                var digits = front.LastIndexOfAnyExceptInRange('0', '9') + 1;
                var behind = rest[(slash + 1)..].TrimStart();
                if (digits < front.Length && LogText.TryInteger(front[digits..], out batch) && LogText.TakeInteger(ref behind, out total) && total <= int.MaxValue && batch <= int.MaxValue)
                {
                    // A progress bar has its times between brackets in front of the values.
                    pairs = behind.TrimStart() is ['[', ..] bar ? bar[(bar.IndexOf(',') + 1)..].TrimEnd(']') : behind;
                    return pairs.Contains('=');
                }

                var next = rest[(slash + 1)..].IndexOf('/');
                slash = next < 0 ? -1 : slash + 1 + next;
            }

            return false;
        }

        private void Take(ReadOnlySpan<char> label, ReadOnlySpan<char> text, string prefix)
        {
            if (!LogText.TryNumber(text.TrimEnd("%]"), out var value) || values.Count >= 256)
            {
                return;
            }

            var name = label.ToString().Replace(' ', '_');
            values.Add((prefix.Length == 0 || name.StartsWith(prefix + "_", StringComparison.Ordinal) || name is "num_updates" ? name : $"{prefix}_{name}", value));
        }

        private bool Add(long? epoch, long? otherwise)
        {
            var step = otherwise;
            foreach (var (name, value) in values)
            {
                if (name.EndsWith("num_updates", StringComparison.Ordinal) && value is >= 0 and < long.MaxValue)
                {
                    step = (long)value;
                }
                else if (name is "epoch" or "train_epoch" or "valid_epoch" && value is >= 0 and < long.MaxValue)
                {
                    epoch = (long)value;
                }
            }

            if (step is not { } at || values.Count == 0)
            {
                return false;
            }

            Step = at;
            if (epoch is { } number)
            {
                Log.Epoch(number);
            }

            foreach (var (name, value) in values)
            {
                if (!series.TryGetValue(name, out var known))
                {
                    series.Add(name, known = Array.Exists(NoSeries, n => name.EndsWith(n, StringComparison.Ordinal)) ? null : Log.Series(name));
                    Budget.Keep(100 + (2L * name.Length));
                }

                if (known is not null)
                {
                    Log.Add(known, at, value);
                }
            }

            return true;
        }
    }
}
