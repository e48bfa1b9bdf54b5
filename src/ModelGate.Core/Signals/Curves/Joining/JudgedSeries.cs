using ModelGate.Artifacts;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>Which series of a run has to converge, where nobody says it.</summary>
internal static class JudgedSeries
{
    /// <summary>The series, and why it; no series where there is none that is meant to fall.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fewest">The fewest points of a series that can be judged.</param>
    public static (ScalarSeries? Series, SafeText Why) Of(TrainingRun run, int fewest)
    {
        if (run.Profile.Loss is { } loss && run.Find(loss) is { } known)
        {
            return (known, SafeText.Empty);
        }

        var candidates = run.Log.Series.Where(s => s.Points.Count > 0).Select(s => (Series: s, Name: new SeriesName(s.Name)))
            .Where(c => c.Name.IsLoss && !c.Name.IsDiscriminator).ToArray();

        // Where two networks play against each other, only what is measured beside the game is meant to fall.
        if (run.Log.Series.Any(s => new SeriesName(s.Name).IsDiscriminator))
        {
            candidates = [.. candidates.Where(c => c.Name.IsMel || (c.Name.IsValidation && !c.Name.IsAdversary))];
            if (candidates.Length == 0)
            {
                return (null, SafeText.Of($"its losses are those of two networks that are trained against each other, and neither is meant to fall"));
            }
        }

        if (candidates.Length == 0)
        {
            return (null, SafeText.Of($"which of its series has to converge is not known: name it in the option series"));
        }

        // A validation loss on too few points is no ground; where all are too short, the longest says so best.
        var chosen = candidates
            .OrderByDescending(c => c.Series.Points.Count >= fewest)
            .ThenByDescending(c => c.Name.IsValidation)
            .ThenByDescending(c => c.Name.IsWhole)
            .ThenByDescending(c => c.Name.IsMel)
            .ThenByDescending(c => c.Series.Points.Count)
            .ThenBy(c => c.Series.Name.Length).ThenBy(c => c.Series.Name, StringComparer.Ordinal)
            .First();
        var why = chosen.Name.IsValidation ? SafeText.Of($"the validation loss was judged, since no trainer says which series counts")
            : candidates.Any(c => c.Name.IsValidation) ? SafeText.Of($"the training loss was judged, since the validation loss has fewer than {SafeText.Count(fewest, "point")}")
            : SafeText.Of($"the training loss was judged, since there is no validation loss");
        return (chosen.Series, why);
    }
}
