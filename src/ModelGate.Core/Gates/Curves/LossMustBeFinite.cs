using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>No series of the training log is NaN or infinite.</summary>
[GateId("MG4002")]
internal sealed class LossMustBeFinite : RunGate<LossMustBeFinite.Options>
{
    private const int MostNamed = 6;

    /// <summary>Which series do not count.</summary>
    public sealed record Options
    {
        /// <summary>Names of series that may be NaN or infinite; none by default.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];

        /// <summary>Whether what was not read makes a verdict inconclusive that would be "passed": lines that speak of NaN, values that are not numbers, series that end before their log (default true).</summary>
        public bool Doubt { get; init; } = true;
    }

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        var result = FinitenessMeasure.Of(run.Log);
        var ignored = options.Ignore.SelectMany(n => new[] { n, run.Find(n)?.Name ?? n }).ToHashSet(StringComparer.Ordinal);
        var judged = result.Series.Where(s => !ignored.Contains(s.Name)).ToArray();
        if (judged.Sum(s => (long)s.Points) == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{run.Path} holds no point of a series that counts"));
        }

        var broken = result.Broken.Where(judged.Contains).ToArray();
        var hidden = Hidden(run.Log).Where(h => !ignored.Contains(h.Name)).ToArray();
        Measurement[] measurements =
        [
            .. judged.Select(s => NonFinitePoints.Info.Of(run.Path, s.Count, SafeText.From(s.Name)) with { Required = new Requirement(Relation.AtMost, 0) }),
            .. broken.Select(s => (s.Name, s.Since)).Concat(hidden.Select(h => (h.Name, (long?)h.Since))).Select(s => NonFiniteStep.Info.Of(run.Path, s.Item2, SafeText.From(s.Name))),
        ];
        var before = SafeText.Of($"{Before(result, run.Log)}{About(run)}");
        if (broken.Length + hidden.Length == 0 && options.Doubt && DoubtOf(run.Log, ignored) is { IsEmpty: false } doubt)
        {
            return Judgement.Inconclusive(SafeText.Of($"all values that were read of {SafeText.From(judged.Length == 1 ? "the one" : $"the {judged.Length}")} series of {run.Path} are finite, but {doubt}{before}")) with { Measurements = measurements };
        }

        if (broken.Length + hidden.Length == 0)
        {
            return Judgement.Of(SafeText.Of($"{SafeText.From(judged.Length == 1 ? "the one" : $"all {judged.Length}")} series of {run.Path} {SafeText.From(judged.Length == 1 ? "is" : "are")} finite{before}"), measurements, []);
        }

        var named = broken.Select(b => b.Name).Concat(hidden.Select(h => h.Name)).ToArray();
        var since = broken.Select(b => b.Since ?? 0).Concat(hidden.Select(h => h.Since)).Min();
        return Judgement.Of(
            SafeText.Of($"{SafeText.Join(", ", named.Take(MostNamed).Select(n => SafeText.From(n, 40)))} {(named.Length == 1 ? "is" : "are")} not finite, from step {since} on{before}"),
            measurements,
            [
                .. broken.Select(s => Finding(SafeText.Of($"{SafeText.From(s.Name)} is {(s.HasNaN ? "NaN" : "infinite")} from step {s.Since ?? 0} on, at {s.Count} of {SafeText.Count(s.Points, "point")}"), s.Name, measurements)),
                .. hidden.Select(h => Finding(SafeText.Of($"{SafeText.From(h.Name)} is exactly 0 from step {h.Since} on, where {SafeText.From(h.Gradient, 40)} is not finite: that is how transformers writes a loss of NaN"), h.Name, measurements)),
            ]);
    }

    // What was not read may be what was looked for.
    private static SafeText DoubtOf(TrainingLog log, HashSet<string> ignored)
    {
        var doubts = new List<SafeText>();
        if (log.NotFiniteText is { } text)
        {
            var what = text.IsInPlaceOfValue
                ? SafeText.Count(text.Count, "value could not be read as a number", "values could not be read as numbers")
                : SafeText.Of($"{SafeText.Count(text.Count, "line that was not read speaks", "lines that were not read speak")} of NaN or infinity");
            doubts.Add(SafeText.Of($"{what}, {(text.Count == 1 ? SafeText.Empty : SafeText.Of($"the first "))}after step {text.Behind ?? 0}: \"{SafeText.From(text.First, 100)}\""));
        }

        if (log.Silent.FirstOrDefault(s => !s.IsFollowed && !ignored.Contains(s.Series)) is { } silent)
        {
            doubts.Add(RunSentences.Silence(silent));
        }

        if (!log.Unread.IsEmpty)
        {
            doubts.Add(log.Unread);
        }

        return SafeText.Join("; ", doubts);
    }

    private static Finding Finding(SafeText message, string series, Measurement[] measurements) => new(message)
    {
        Remedy = SafeText.Of($"Go back to a checkpoint from before that step: what was saved later holds broken weights. Lower the learning rate, turn fp16 off, or look for broken audio in the data set."),
        Evidence = [.. measurements.Where(m => m.Subject == SafeText.From(series))],
    };

    // An exact zero alone may be a loss that a later stage turns on, or a small one in few digits; a gradient that is not finite at the same steps leaves one reading.
    private static IEnumerable<(string Name, long Since, string Gradient)> Hidden(TrainingLog log)
    {
        if (log.Series.FirstOrDefault(s => new SeriesName(s.Name).IsGradient && s.Points is [.., { Value: var last }] && !double.IsFinite(last)) is not { } gradient)
        {
            yield break;
        }

        var broken = gradient.Points.Where(p => !double.IsFinite(p.Value)).Select(p => p.Step).ToHashSet();
        foreach (var series in log.Series.Where(s => new SeriesName(s.Name).IsLoss))
        {
            var zeros = series.Points.Reverse().TakeWhile(p => p.Value == 0).ToArray();
            if (zeros.Length > 0 && zeros.Length < series.Points.Count && zeros.Count(z => broken.Contains(z.Step)) * 2 > zeros.Length)
            {
                yield return (series.Name, zeros[^1].Step, gradient.Name);
            }
        }
    }

    private static SafeText Before(LogFiniteness result, TrainingLog log)
    {
        var broken = result.Abandoned.SelectMany(a => a).Select(s => SafeText.Of($"{SafeText.From(s.Name, 40)} from step {s.Since ?? 0}")).Take(MostNamed).ToArray();
        var replaced = log.ReplacedNotFinite.Take(MostNamed).Select(r => SafeText.Of($"{SafeText.From(r.Series, 40)} at step {r.Step}")).ToArray();
        return SafeText.Of($"{(broken.Length == 0 ? SafeText.Empty : SafeText.Of($"; a start before this one was not: {SafeText.Join(", ", broken)}"))}{(replaced.Length == 0 ? SafeText.Empty : SafeText.Of($"; before training went back to a checkpoint it was not: {SafeText.Join(", ", replaced)}"))}");
    }
}
