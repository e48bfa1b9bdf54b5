using ModelGate.Runs;
using ModelGate.Signals.Audio.Frames;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The level of a recording over time, with what a finding is about shaded.</summary>
internal static class LevelExhibit
{
    private const double Floor = -100;

    /// <summary>The level with the silent stretches shaded; nothing where there is no level.</summary>
    public static IEnumerable<Exhibit> Silence(RoleFile file, VoiceStatistics voice)
    {
        var width = Width(voice);
        return Of(file, voice, [.. Stretches(voice.Loudness, level => level <= FrameRms.Active).Select(s => new ShadedRange(s.From * width, s.To * width))], "silent");
    }

    /// <summary>The level with the stretches shaded in which samples are at full scale; nothing where there is no level.</summary>
    public static IEnumerable<Exhibit> Clipped(RoleFile file, VoiceStatistics voice, Clipping clipping)
        => Of(file, voice, [.. clipping.Stretches.Select(s => new ShadedRange(s.From, s.To))], "at full scale");

    private static IEnumerable<Exhibit> Of(RoleFile file, VoiceStatistics voice, IReadOnlyList<ShadedRange> shaded, string label)
    {
        if (voice.Loudness.Count < 2)
        {
            yield break;
        }

        var width = Width(voice);
        yield return new CurveExhibit(
            SafeText.Of($"Level of {file.Path} over time"),
            SafeText.Of($"time in s"),
            SafeText.Of($"RMS in dBFS"),
            [.. voice.Loudness.Select((level, i) => new CurvePoint((i + 0.5) * width, level > 0 ? Math.Max(Floor, 20 * Math.Log10(level)) : Floor))])
        {
            Description = SafeText.Of($"{voice.SilentShare ?? 0:0 %} of the frames are silent; {SafeText.Count(shaded.Count, "stretch", "stretches")} {SafeText.From(label)}, shaded"),
            Shaded = shaded,
            ShadedLabel = label,
        };
    }

    private static double Width(VoiceStatistics voice) => voice.Loudness.Count == 0 ? 0 : (double)voice.Samples / voice.Rate / voice.Loudness.Count;

    private static IEnumerable<(int From, int To)> Stretches(IReadOnlyList<double> levels, Predicate<double> isMeant)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            var from = i;
            while (i < levels.Count && isMeant(levels[i]))
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
