using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Curves;

namespace ModelGate.Gates.Curves;

/// <summary>No series of the training log is NaN or infinite.</summary>
[GateId("MG4002")]
internal sealed class LossMustBeFinite : FileGate<LogFiniteness, LossMustBeFinite.Options>
{
    private const int MostNamed = 6;

    /// <summary>Which series do not count.</summary>
    public sealed record Options
    {
        /// <summary>Names of series that may be NaN or infinite; none by default.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];
    }

    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Log;

    /// <inheritdoc/>
    protected override Measure<LogFiniteness> Measure(Options options) => new FinitenessMeasure();

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, LogFiniteness result, Options options)
    {
        var judged = result.Series.Where(s => !options.Ignore.Contains(s.Name, StringComparer.Ordinal)).ToArray();
        if (judged.Sum(s => (long)s.Points) == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{file.Path} holds no point of a series that counts"));
        }

        var broken = result.Broken.Where(judged.Contains).ToArray();
        Measurement[] measurements = [.. judged.Select(s => NonFinitePoints.Info.Of(file.Path, s.Count, SafeText.From(s.Name)) with { Required = new Requirement(Relation.AtMost, 0) })];
        var before = Before(result);
        return broken.Length == 0
            ? Judgement.Of(SafeText.Of($"{SafeText.From(judged.Length == 1 ? "the one" : $"all {judged.Length}")} series of {file.Path} {SafeText.From(judged.Length == 1 ? "is" : "are")} finite{before}"), measurements, [])
            : Judgement.Of(
                SafeText.Of($"{SafeText.Join(", ", broken.Take(MostNamed).Select(s => SafeText.From(s.Name, 40)))} {(broken.Length == 1 ? "is" : "are")} not finite, from step {broken[0].Since ?? 0} on{before}"),
                measurements,
                [.. broken.Select(s => new Finding(SafeText.Of($"{SafeText.From(s.Name)} is {(s.HasNaN ? "NaN" : "infinite")} from step {s.Since ?? 0} on, at {s.Count} of {SafeText.Count(s.Points, "point")}"))
                {
                    Remedy = SafeText.Of($"Go back to a checkpoint from before that step: what was saved later holds broken weights. Lower the learning rate, turn fp16 off, or look for broken audio in the data set."),
                    Evidence = [.. measurements.Where(m => m.Subject == SafeText.From(s.Name))],
                })]);
    }

    private static SafeText Before(LogFiniteness result)
    {
        var broken = result.Abandoned.SelectMany(a => a).Select(s => SafeText.Of($"{SafeText.From(s.Name, 40)} from step {s.Since ?? 0}")).Take(MostNamed).ToArray();
        return broken.Length == 0 ? SafeText.Empty : SafeText.Of($"; a start before this one was not: {SafeText.Join(", ", broken)}");
    }
}
