using System.Text.RegularExpressions;

namespace ModelGate.Signals.Checkpoints;

/// <content>What the names of a series of saves have in common.</content>
internal sealed partial record CheckpointName
{
    /// <summary>
    /// A path as a pattern of the series that its file belongs to: <c>G_*.pth</c> of <c>G_2376.pth</c> and <c>G_2400.pth</c>,
    /// <c>lexi_e*_s*.pth</c> of <c>lexi_e22_s396.pth</c>.
    /// </summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="isOfWeights">
    /// Whether the file holds weights, in whose name a number without a label may be a step. In others it may count recordings or speakers:
    /// only dates, and what a word calls a step or an epoch, are left out there.
    /// </param>
    public static string SeriesOf(string path, bool isOfWeights)
    {
        var parts = path.Split('/');
        for (var at = 0; at < parts.Length; at++)
        {
            parts[at] = SeriesOfPart(parts[at], at == parts.Length - 1 ? isOfWeights : CheckpointFolder().IsMatch(parts[at]));
        }

        return string.Join('/', parts);
    }

    private static string SeriesOfPart(string part, bool isOfWeights)
    {
        var name = isOfWeights ? CopyMark().Replace(part, "") : part;
        var stem = isOfWeights ? WithoutExtensions(name) : name;
        if (!name.StartsWith(stem, StringComparison.Ordinal))
        {
            // A copy's mark stood between two extensions.
            name = stem;
        }

        var text = Masked(stem);
        var (epoch, step, _) = isOfWeights
            ? Progress(text)
            : (FirstOf(text, EpochBehindWord(), EpochBeforeWord()), FirstOf(text, StepBehindWord(), StepBeforeWord()), true);
        var changing = new[] { DateAndTime(), DayFirst(), CompactDate(), UnixTime(), MeasuredDecimal() }.SelectMany(p => p.Matches(stem).Select(m => (m.Index, m.Length)))
            .Concat(new[] { epoch, step }.OfType<Number>().Select(n => (n.Digits.Index, n.Digits.Length)))
            .OrderByDescending(span => span.Index);
        var end = name.Length;
        foreach (var (index, length) in changing)
        {
            if (index + length <= end)
            {
                name = string.Concat(name.AsSpan(0, index), "*", name.AsSpan(index + length));
                end = index;
            }
        }

        return name;
    }

    [GeneratedRegex(@"(?<==)-?\d+\.\d+(e[-+]?\d{1,3})?", Options, 1000)]
    private static partial Regex MeasuredDecimal();
}
