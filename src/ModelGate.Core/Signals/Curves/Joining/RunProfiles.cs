using ModelGate.Artifacts;
using ModelGate.Trainers;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>Which trainer wrote the logs of a run: by their format, and where any trainer writes it, by the series.</summary>
internal static class RunProfiles
{
    /// <summary>The profile; that of no trainer where none fits, or where several do that differ in what they call good.</summary>
    public static TrainerProfile Of(IEnumerable<string> formats, IReadOnlySet<string> series)
    {
        foreach (var format in formats)
        {
            if (TrainerCatalogue.ProfileOf(format) is var own && !ReferenceEquals(own, TrainerCatalogue.Unknown))
            {
                return own;
            }
        }

        // By the loss alone two trainers look alike; the one of which most series are there is meant.
        var fitting = TrainerCatalogue.All.Select(t => t.Profile)
            .Where(p => p.Loss is { } loss && Names(p, loss).Any(series.Contains))
            .Select(p => (Profile: p, Score: p.Series.Keys.Count(k => Names(p, k).Any(series.Contains))))
            .OrderByDescending(p => p.Score).ToArray();
        return fitting switch
        {
            [] => TrainerCatalogue.Unknown,
            [var only] => only.Profile,
            [var first, ..] when fitting.Where(f => f.Score == first.Score).All(f => Agrees(f.Profile, first.Profile)) => first.Profile,
            _ => TrainerCatalogue.Unknown,
        };
    }

    private static IEnumerable<string> Names(TrainerProfile profile, string key) => profile.SeriesOf(key).Aliases.Prepend(key);

    private static bool Agrees(TrainerProfile one, TrainerProfile other)
    {
        var (a, b) = (one.SeriesOf(one.Loss!), other.SeriesOf(other.Loss!));
        return a.Ceiling == b.Ceiling && a.Clamps.SequenceEqual(b.Clamps);
    }
}
