using ModelGate.Runs;

namespace ModelGate.Gates.Baselines;

/// <summary>A baseline that moves forward only: of each number the better one is kept, so that it cannot slide by many steps that are each tolerated.</summary>
/// <param name="Result">The new baseline.</param>
/// <param name="Worse">What is worse by more than the tolerance, a sentence each.</param>
/// <param name="Compared">How many numbers were compared.</param>
/// <param name="Moved">What moved, as the rest of a sentence.</param>
internal sealed record BaselineRatchet(Baseline Result, IReadOnlyList<SafeText> Worse, int Compared, SafeText Moved)
{
    /// <summary>Compares a new baseline with the one that is there.</summary>
    public static BaselineRatchet Of(Baseline before, Baseline after)
    {
        var worse = new List<SafeText>();
        var (compared, better, added, gone, redefined) = (0, 0, 0, 0, 0);
        var models = new List<BaselineModel>();
        foreach (var model in after.Models)
        {
            var comparison = BaselineComparison.Of(before, model.Name, model.Values, new MetricMustNotRegress.Options());
            worse.AddRange(comparison.Compared.Where(c => c.IsWorse).Select(BaselineComparison.Sentence));
            var kept = comparison.Compared.Where(c => c.Before.IsBetter(c.Before.Value, c.Now)).ToDictionary(c => (c.Before.Signal, c.Before.Subject.Value), c => c.Before);

            // What is gone stays: else it could come back worse, as something new.
            models.Add(model with
            {
                Values =
                [
                    .. model.Values.Select(v => kept.TryGetValue((v.Signal, v.Subject.Value), out var old) ? old : v).Concat(comparison.Gone)
                        .OrderBy(v => v.Signal, StringComparer.Ordinal).ThenBy(v => v.Subject.Value, StringComparer.Ordinal),
                ],
            });
            compared += comparison.Compared.Count;
            better += comparison.Compared.Count(c => c.Before.IsBetter(c.Now, c.Before.Value));
            (added, gone, redefined) = (added + comparison.New.Count, gone + comparison.Gone.Count, redefined + comparison.NotComparable.Count);
        }

        return new BaselineRatchet(
            after with { Models = models },
            worse,
            compared,
            SafeText.Of($"; {better} {SafeText.From(better == 1 ? "is" : "are")} better than before, {added} new, {gone} not measured this time and kept{SafeText.From(redefined > 0 ? $", {redefined} whose definition changed" : "")}"));
    }
}
