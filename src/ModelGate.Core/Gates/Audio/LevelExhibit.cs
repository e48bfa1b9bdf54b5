using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The level of a recording over time, with what a finding is about shaded.</summary>
internal static class LevelExhibit
{
    private const double Floor = -100;

    /// <summary>The level with the silent stretches shaded; nothing where there is no level.</summary>
    public static IEnumerable<Exhibit> Silence(RoleFile file, FrameLevels levels)
    {
        var width = Width(levels);
        return Of(file, levels, [.. Stretches(levels.OverTime, level => level <= FrameSeries.ActiveLevel).Select(s => new ShadedRange(s.From * width, s.To * width))], "silent");
    }

    /// <summary>The level with the stretches shaded in which samples are at full scale; nothing where there is no level.</summary>
    public static IEnumerable<Exhibit> Clipped(RoleFile file, FrameLevels levels, ChannelClipping clipping)
        => Of(file, levels, [.. clipping.Stretches.Select(s => new ShadedRange(s.From, s.To))], "at full scale");

    private static IEnumerable<Exhibit> Of(RoleFile file, FrameLevels levels, IReadOnlyList<ShadedRange> shaded, string label)
    {
        if (levels.OverTime.Count < 2)
        {
            yield break;
        }

        var width = Width(levels);
        yield return new CurveExhibit(
            SafeText.Of($"Level of {file.Path} over time"),
            SafeText.Of($"time in s"),
            SafeText.Of($"RMS in dBFS"),
            [.. levels.OverTime.Select((level, i) => new CurvePoint((i + 0.5) * width, level > 0 ? Math.Max(Floor, 20 * Math.Log10(level)) : Floor))])
        {
            Description = SafeText.Of($"{levels.SilentShare ?? 0:0 %} of the frames are silent; {SafeText.Count(shaded.Count, "stretch", "stretches")} {SafeText.From(label)}, shaded"),
            Shaded = shaded,
            ShadedLabel = label,
        };
    }

    private static double Width(FrameLevels levels) => levels.OverTime.Count == 0 ? 0 : levels.Seconds / levels.OverTime.Count;

    private static IEnumerable<(int From, int To)> Stretches(IReadOnlyList<double> values, Predicate<double> isMeant)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var from = i;
            while (i < values.Count && isMeant(values[i]))
            {
                i++;
            }

            if (i > from)
            {
                yield return (from, i);
            }
        }
    }
}
