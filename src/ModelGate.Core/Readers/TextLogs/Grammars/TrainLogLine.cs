using ModelGate.Readers.TextLogs.LineReading;

namespace ModelGate.Readers.TextLogs.Grammars;

/// <summary>The parts of the log lines of VITS, RVC and their forks that are the same in every release and language.</summary>
/// <remarks>Read in RVC-Project/Retrieval-based-Voice-Conversion-WebUI (infer/lib/train/utils.py, train.py), jaywalnut310/vits and svc-develop-team/so-vits-svc (utils.py, train.py).</remarks>
internal static class TrainLogLine
{
    // The longest of RVC's translations has 33 characters in front of the number.
    private const int LongestWordForEpoch = 60;

    /// <summary>The message of a line of the file's or of the console's format, or nothing.</summary>
    /// <remarks>
    /// Everything else is taken from messages alone: a run's name or a traceback cannot forge a loss. The message starts after the
    /// first three tabs, so that a tab in it stays in it.
    /// </remarks>
    public static ReadOnlySpan<char> MessageOf(ReadOnlySpan<char> line)
    {
        if (StartsWithTime(line))
        {
            for (var field = 0; field < 3; field++)
            {
                var tab = line.IndexOf('\t');
                if (tab < 0)
                {
                    return default;
                }

                line = line[(tab + 1)..];
            }

            return line.Trim();
        }

        if (!line.StartsWith("INFO:", StringComparison.Ordinal))
        {
            return default;
        }

        line = line["INFO:".Length..];
        var colon = line.IndexOf(':');
        return colon < 0 ? default : line[(colon + 1)..].Trim();
    }

    /// <summary>Whether a line starts as Python's logging writes the time: <c>2023-06-15 17:38:27,412</c> and a tab.</summary>
    public static bool StartsWithTime(ReadOnlySpan<char> line)
    {
        const string Shape = "0000-00-00 00:00:00,000\t";
        if (line.Length < Shape.Length)
        {
            return false;
        }

        for (var i = 0; i < Shape.Length; i++)
        {
            if (Shape[i] == '0' ? !char.IsAsciiDigit(line[i]) : line[i] != Shape[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The epoch where the message says that one begins or ends, in whatever language: <c>Train Epoch: 5 [55%]</c>, <c>====> Epoch: 5 […]</c>.
    /// </summary>
    public static bool TryReadEpoch(ReadOnlySpan<char> message, out long epoch)
    {
        epoch = 0;
        if (!message.StartsWith("====>", StringComparison.Ordinal) && !message.EndsWith("%]", StringComparison.Ordinal) && !message.StartsWith("Train Epoch: ", StringComparison.Ordinal))
        {
            return false;
        }

        var digit = message.IndexOfAnyInRange('0', '9');
        if (digit is < 0 or > LongestWordForEpoch)
        {
            return false;
        }

        var number = message[digit..];
        return LogText.TakeInteger(ref number, out epoch);
    }

    /// <summary>The epoch and file name where the message says that a training checkpoint was saved, in whatever language.</summary>
    /// <remarks>The epoch stands by itself in front of the path; what was loaded ends in a path as well, and has no number there.</remarks>
    public static bool TryReadSaved(ReadOnlySpan<char> message, out ReadOnlySpan<char> fileName, out long epoch)
    {
        fileName = default;
        epoch = 0;
        if (!message.EndsWith(".pth", StringComparison.Ordinal) || !IsCheckpoint(LogText.FileName(message)))
        {
            return false;
        }

        var front = message[..message.IndexOfAny('/', '\\')];
        for (var at = front.IndexOfAnyInRange('0', '9'); at >= 0 && at < front.Length;)
        {
            var number = front[at..];
            var isAlone = at == 0 || !(char.IsAsciiLetterOrDigit(front[at - 1]) || front[at - 1] is '_' or '-' or '.');
            if (!LogText.TakeInteger(ref number, out epoch))
            {
                return false;
            }

            if (isAlone && !(number is [var next, ..] && (char.IsAsciiLetterOrDigit(next) || next is '_' or '-' or '.')))
            {
                fileName = LogText.FileName(message);
                return true;
            }

            var further = number.IndexOfAnyInRange('0', '9');
            at = further < 0 ? -1 : front.Length - number.Length + further;
        }

        return false;
    }

    /// <summary>The path where the message says that weights were loaded: <c>loaded pretrained PATH</c>, <c>Loaded checkpoint 'PATH' (epoch 5)</c>, or as much in another language.</summary>
    public static bool TryReadLoaded(ReadOnlySpan<char> message, out ReadOnlySpan<char> path)
    {
        path = default;
        var end = message.LastIndexOf(".pth", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        end += ".pth".Length;
        if (end < message.Length)
        {
            path = message[end] is '\'' or '"' ? LogText.Quoted(message[..(end + 1)]) : default;
            return !path.IsEmpty;
        }

        if (LogText.Take(ref message, "loaded pretrained "))
        {
            path = message;
            return true;
        }

        var folder = message.IndexOfAny('/', '\\');
        if (folder < 0)
        {
            return false;
        }

        path = message[(message[..folder].LastIndexOfAny(" ：") + 1)..];
        return true;
    }

    /// <summary>Whether a name is that of a training checkpoint: <c>G_2050.pth</c>, <c>D_2050.pth</c>.</summary>
    public static bool IsCheckpoint(ReadOnlySpan<char> name)
        => name is ['G' or 'D', '_', ..] && name.EndsWith(".pth", StringComparison.Ordinal) && name.Length > 6 && !name[2..^4].ContainsAnyExceptInRange('0', '9');
}
