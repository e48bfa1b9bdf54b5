using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGate.Readers.Rvc;

/// <summary>The parts of RVC's log lines that are the same in every release, fork and language.</summary>
internal static partial class RvcLogLine
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789eE");

    // The longest of RVC's translations has 33 characters in front of the number.
    private const int LongestWordForEpoch = 60;

    /// <summary>The losses in the order in which RVC writes them.</summary>
    public static readonly string[] Losses = ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl"];

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

    /// <summary>Reads <c>[step, learning rate]</c>.</summary>
    public static bool TryReadStep(ReadOnlySpan<char> message, out long step, out double rate)
    {
        (step, rate) = (0, 0);
        if (message.Length < 5 || message[0] != '[' || message[^1] != ']')
        {
            return false;
        }

        message = message[1..^1];
        var comma = message.IndexOf(',');
        return comma > 0
            && long.TryParse(message[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out step)
            && TryReadNumber(message[(comma + 1)..], out rate);
    }

    /// <summary>Reads <c>loss_disc=…, loss_gen=…, loss_fm=…,loss_mel=…, loss_kl=…</c>: all five, in this order, and nothing else but more of the kind.</summary>
    public static bool TryReadLosses(ReadOnlySpan<char> message, Span<double> values)
    {
        if (!message.StartsWith("loss_disc=", StringComparison.Ordinal))
        {
            return false;
        }

        var found = 0;
        foreach (var range in message.Split(','))
        {
            var part = message[range].Trim();
            var equals = part.IndexOf('=');
            if (equals < 0 || !TryReadNumber(part[(equals + 1)..], out var value))
            {
                return false;
            }

            if (found < Losses.Length && part[..equals].SequenceEqual(Losses[found]))
            {
                values[found++] = value;
            }
        }

        return found == Losses.Length;
    }

    /// <summary>
    /// The epoch where the message says that one begins or ends, in whatever language: <c>Train Epoch: 5 [55%]</c>, <c>====> Epoch: 5 […]</c>.
    /// </summary>
    public static bool TryReadEpoch(ReadOnlySpan<char> message, out long epoch)
    {
        epoch = 0;
        var isEnd = message.StartsWith("====>", StringComparison.Ordinal);
        if (!isEnd && !message.EndsWith("%]", StringComparison.Ordinal))
        {
            return false;
        }

        var digit = message.IndexOfAnyInRange('0', '9');
        if (digit is < 0 or > LongestWordForEpoch)
        {
            return false;
        }

        var number = message[digit..];
        var end = number.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(end < 0 ? number : number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out epoch);
    }

    /// <summary>The epoch and file name where the message says that a training checkpoint was saved, in whatever language.</summary>
    public static bool TryReadSaved(string message, out string fileName, out long epoch)
    {
        (fileName, epoch) = ("", 0);
        if (!message.EndsWith(".pth", StringComparison.Ordinal))
        {
            return false;
        }

        var file = SavedFile().Match(message);
        var at = SavedEpoch().Match(message);
        if (!file.Success || !at.Success || !long.TryParse(at.Groups["epoch"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out epoch))
        {
            return false;
        }

        fileName = file.Groups["file"].Value;
        return true;
    }

    // Python writes nan, inf and -inf; a number too great for a double is infinity to Python too.
    private static bool TryReadNumber(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        value = text switch
        {
            "nan" or "NaN" or "-nan" => double.NaN,
            "inf" or "Infinity" => double.PositiveInfinity,
            "-inf" or "-Infinity" => double.NegativeInfinity,
            _ => 0,
        };
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return value != 0 || (!text.ContainsAnyExcept(NumberCharacters) && double.TryParse(text, Style, CultureInfo.InvariantCulture, out value));
    }

    [GeneratedRegex(@"(?:^|[/\\\s])(?<file>[GD]_\d+\.pth)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex SavedFile();

    [GeneratedRegex(@"(?:epoch|Epoch|轮|輪|エポック)\D{0,12}(?<epoch>\d+)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex SavedEpoch();
}
