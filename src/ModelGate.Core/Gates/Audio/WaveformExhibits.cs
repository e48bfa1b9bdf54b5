using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The waveform of a recording, with what is clipped and what is silent marked.</summary>
internal static class WaveformExhibits
{
    /// <summary>What has to be measured for it.</summary>
    public static IEnumerable<Need> Needs(RoleFile file) => [new(file, new WaveformMeasure()), new(file, new FrameLevelsMeasure()), new(file, new ClippingMeasure())];

    /// <summary>The picture; nothing where there is nothing to draw.</summary>
    public static IEnumerable<Exhibit> Of(RoleFile file, IMeasured measured)
    {
        if (measured.Find(file, new WaveformMeasure()) is not { Columns: [_, _, ..] columns } waveform || measured.Find(file, new FrameLevelsMeasure()) is not { } levels || measured.Find(file, new ClippingMeasure()) is not { } clipping)
        {
            yield break;
        }

        var width = levels.OverTime.Count == 0 ? 0 : levels.Seconds / levels.OverTime.Count;
        ShadedRange[] silent = [.. Silent(levels.OverTime).Select(s => new ShadedRange(s.From * width, s.To * width))];
        ShadedRange[] clipped = [.. (clipping.AreOne ? clipping.Channels.Take(1) : clipping.Channels).SelectMany(c => c.Stretches).Select(s => new ShadedRange(s.From, s.To)).OrderBy(s => s.From)];
        yield return new WaveformExhibit(SafeText.Of($"Waveform of the {file.Role.Key()} {file.Path}"), waveform.Seconds, [.. columns.Select(c => (c.Low, c.High))])
        {
            Description = SafeText.Of($"{levels.SilentShare ?? 0:0 %} of the frames are silent{(clipped.Length == 0 ? SafeText.Of($", and no sample is at full scale") : SafeText.Of($"; samples are at full scale in {SafeText.Count(clipped.Length, "stretch", "stretches")}, from {clipped[0].From:0.00} s on"))}"),
            Clipped = clipped,
            Silent = silent,
        };
    }

    private static IEnumerable<(int From, int To)> Silent(IReadOnlyList<double> levels)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            var from = i;
            while (i < levels.Count && levels[i] <= FrameSeries.ActiveLevel)
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
