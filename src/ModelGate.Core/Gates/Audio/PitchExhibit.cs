using ModelGate.Runs;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The pitch of recordings over time, in one picture.</summary>
internal static class PitchExhibit
{
    private const int MostPoints = 1500;

    /// <summary>The curves; nothing where the first recording has no pitch.</summary>
    public static IEnumerable<Exhibit> Of(IReadOnlyList<RoleFile> files, Func<RoleFile, PitchStatistics?> find)
    {
        var curves = files.Select(f => (File: f, Voice: find(f))).Where(f => f.Voice?.Median is not null).ToArray();
        if (curves.Length == 0 || curves[0].File != files[0])
        {
            yield break;
        }

        yield return new CurveExhibit(
            SafeText.Of($"Pitch of {SafeText.Join(" and ", curves.Select(c => SafeText.From(c.File.Path)))} over time"), SafeText.Of($"time in s"), SafeText.Of($"F0 in Hz"), Points(curves[0].Voice!.Track))
        {
            Description = SafeText.Of($"median {SafeText.Join(", ", curves.Select(c => SafeText.Of($"{c.Voice!.Median ?? 0:0.0} Hz ({c.File.Path})")))}; gaps are not periodic: noise, breath, silence"),
            Others = [.. curves.Skip(1).Select(c => new CurveLine(SafeText.From(c.File.Path), Points(c.Voice!.Track)))],
        };
    }

    private static CurvePoint[] Points(PitchTrack track)
    {
        var stride = Math.Max(1, (track.Frequencies.Count + MostPoints - 1) / MostPoints);
        return [.. Enumerable.Range(0, (track.Frequencies.Count + stride - 1) / stride).Select(i => i * stride)
            .Select(i => new CurvePoint(i * track.Step, track.Frequencies[i] > 0 ? track.Frequencies[i] : double.NaN))];
    }
}
