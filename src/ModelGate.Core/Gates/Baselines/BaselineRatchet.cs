using ModelGate.Runs;

namespace ModelGate.Gates.Baselines;

/// <summary>A baseline that moves forward only: of each number the better one is kept, so that it cannot slide by many steps that are each tolerated.</summary>
/// <param name="Result">The new baseline.</param>
/// <param name="Worse">What is worse by more than the tolerance, a sentence each.</param>
/// <param name="Compared">How many numbers were compared.</param>
/// <param name="Moved">What moved, as the rest of a sentence.</param>
internal sealed record BaselineRatchet(Baseline Result, IReadOnlyList<SafeText> Worse, int Compared, SafeText Moved)
{
    /// <summary>Compares a new baseline with the one that is there; null where no model is in both.</summary>
    /// <param name="before">The baseline that is there.</param>
    /// <param name="after">The new one.</param>
    /// <param name="options">What is compared of a model, by its name, and the tolerance.</param>
    public static BaselineRatchet? Of(Baseline before, Baseline after, Func<SafeText, MetricMustNotRegress.Options> options)
    {
        var isOne = before.Models.Count == 1 && after.Models.Count == 1;
        var pairs = after.Models.Select(a => (Now: a, Before: isOne ? before.Models[0] : before.Models.FirstOrDefault(b => b.Name == a.Name))).ToArray();
        if (pairs.All(p => p.Before is null))
        {
            return null;
        }

        var worse = new List<SafeText>();
        var (compared, better, added, gone, redefined) = (0, 0, 0, 0, 0);
        var models = new List<BaselineModel>();
        foreach (var (now, earlier) in pairs)
        {
            if (earlier is null)
            {
                models.Add(now);
                added += now.Values.Count;
                continue;
            }

            var wanted = options(now.Name);
            worse.AddRange(BaselineComparison.Of(earlier, now.Values, wanted).Compared.Where(c => c.IsWorse).Select(BaselineComparison.Sentence));

            // What the gate does not look at is kept all the same: its options may change.
            var all = BaselineComparison.Of(earlier, now.Values, wanted with { Signals = [], Runs = 1 });
            var kept = all.Compared.Where(c => c.Before.IsBetter(c.Before.Value, c.Now)).ToDictionary(c => (c.Before.Signal, c.Before.Subject.Value), c => c.Before);

            // What is gone stays: else it could come back worse, as something new.
            models.Add(now with
            {
                Values =
                [
                    .. now.Values.Select(v => kept.TryGetValue((v.Signal, v.Subject.Value), out var old) ? old : v).Concat(all.Gone)
                        .OrderBy(v => v.Signal, StringComparer.Ordinal).ThenBy(v => v.Subject.Value, StringComparer.Ordinal),
                ],
            });
            compared += all.Compared.Count;
            better += all.Compared.Count(c => c.Before.IsBetter(c.Now, c.Before.Value));
            (added, gone, redefined) = (added + all.New.Count, gone + all.Gone.Count, redefined + all.NotComparable.Count);
        }

        var absent = before.Models.Except(pairs.Select(p => p.Before)).OfType<BaselineModel>().ToArray();
        return new BaselineRatchet(
            after with { Models = [.. models.Concat(absent).OrderBy(m => m.Name.Value, StringComparer.Ordinal)] },
            worse,
            compared,
            SafeText.Of($"; {better} {SafeText.From(better == 1 ? "is" : "are")} better than before, {added} new, {gone + absent.Sum(m => m.Values.Count)} not measured this time and kept{SafeText.From(redefined > 0 ? $", {redefined} whose definition changed" : "")}"));
    }
}
