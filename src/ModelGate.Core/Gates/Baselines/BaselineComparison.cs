using ModelGate.Runs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Gates.Baselines;

/// <summary>The numbers of a run beside those of a baseline.</summary>
/// <param name="Compared">Numbers that both have, in the order of the baseline.</param>
/// <param name="New">Subjects that the baseline does not have.</param>
/// <param name="Gone">Subjects of the baseline that the run does not have.</param>
/// <param name="NotComparable">Numbers of another revision of their signal, or of too few runs.</param>
internal sealed record BaselineComparison(
    IReadOnlyList<ComparedValue> Compared, IReadOnlyList<BaselineValue> New, IReadOnlyList<BaselineValue> Gone, IReadOnlyList<BaselineValue> NotComparable)
{
    private const int MostShown = 20;

    /// <summary>Compares a model of a run with that of a baseline.</summary>
    /// <param name="model">The model of the baseline.</param>
    /// <param name="run">The numbers of the run.</param>
    /// <param name="options">What is compared, and the tolerance.</param>
    public static BaselineComparison Of(BaselineModel model, IReadOnlyList<BaselineValue> run, MetricMustNotRegress.Options options)
    {
        bool IsWanted(BaselineValue value) => options.Signals.Count == 0 || options.Signals.Contains(value.Signal, StringComparer.Ordinal);
        var before = model.Values.Where(IsWanted).ToArray();
        var now = run.Where(IsWanted).ToDictionary(v => (v.Signal, v.Subject.Value));
        var pairs = before.Select(b => (Before: b, Now: now.GetValueOrDefault((b.Signal, b.Subject.Value)))).ToArray();
        bool IsComparable((BaselineValue Before, BaselineValue? Now) p) => p.Now is not null && p.Before.Revision == p.Now.Revision && p.Before.Unit == p.Now.Unit && p.Before.Better == p.Now.Better && p.Before.Runs >= options.Runs;
        var compared = pairs.Where(IsComparable).ToArray();
        var known = before.Select(b => (b.Signal, b.Subject.Value)).ToHashSet();
        return new BaselineComparison(
            [.. compared.Select(p => new ComparedValue(p.Before, p.Now!.Value, Tolerance(p.Before, compared.Length, options)))],
            [.. run.Where(v => IsWanted(v) && !known.Contains((v.Signal, v.Subject.Value)))],
            [.. pairs.Where(p => p.Now is null).Select(p => p.Before)],
            [.. pairs.Where(p => p.Now is not null && !IsComparable(p)).Select(p => p.Before)]);
    }

    /// <summary>The verdict.</summary>
    /// <param name="name">The baseline's path.</param>
    /// <param name="options">What is compared, and the tolerance.</param>
    public Judgement Judge(SafeText name, MetricMustNotRegress.Options options)
    {
        var worse = Compared.Where(c => c.IsWorse).OrderByDescending(c => c.Excess).ToArray();
        var remarks = SafeText.Join("", Remarks(options));
        if (Compared.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"no number of this run is in {name}{remarks}"));
        }

        Measurement[] measurements = [.. worse.Take(MostShown).Select(MeasurementOf)];
        var better = Compared.Count(c => c.Before.IsBetter(c.Now, c.Before.Value));
        if (worse.Length == 0)
        {
            return Judgement.Of(SafeText.Of($"none of {SafeText.Count(Compared.Count, "number")} is worse than in {name}, and {better} {SafeText.From(better == 1 ? "is" : "are")} better{remarks}"), [], []);
        }

        List<Finding> findings = [.. worse.Take(MostShown).Select((c, i) => new Finding(SafeText.Of($"{Sentence(c)}")) { Evidence = [measurements[i]], Remedy = SafeText.Of($"Find out what changed since the baseline was made; if the new value is intended, write the baseline anew with `modelgate baseline --accept`") })];
        if (worse.Length > MostShown)
        {
            findings.Add(new Finding(SafeText.Of($"and {worse.Length - MostShown} more")));
        }

        return Judgement.Of(
            SafeText.Of($"{worse.Length} of {SafeText.Count(Compared.Count, "number")} {SafeText.From(worse.Length == 1 ? "is" : "are")} worse than in {name}: {findings[0].Message}{remarks}"),
            measurements,
            findings);
    }

    private static Measurement MeasurementOf(ComparedValue compared) => new(compared.Before.Signal, compared.Before.Subject, compared.Now, compared.Before.Unit)
    {
        Revision = compared.Before.Revision,
        Better = compared.Before.Better,
        Required = new Requirement(compared.Before.Better == Better.Lower ? Relation.AtMost : Relation.AtLeast, NumberText.SixDigits(compared.Limit)),
    };

    /// <summary>A number that is worse, in a sentence.</summary>
    public static SafeText Sentence(ComparedValue compared)
    {
        var before = compared.Before;
        var unit = before.Unit.Length == 0 ? SafeText.Empty : SafeText.Of($" {before.Unit}");
        var spread = before.Spread is { } s ? SafeText.Of($" (standard deviation {NumberText.Of(s)} over {before.Runs} runs)") : SafeText.Empty;
        return SafeText.Of($"{before.Signal} of {before.Subject} is {NumberText.Of(compared.Now)}{unit}, and was {NumberText.Of(before.Value)}{unit}{spread}; at {SafeText.From(before.Better == Better.Lower ? "most" : "least")} {NumberText.Of(compared.Limit)}{unit} is allowed");
    }

    private IEnumerable<SafeText> Remarks(MetricMustNotRegress.Options options)
    {
        if (New.Count > 0)
        {
            yield return SafeText.Of($"; {New.Count} {SafeText.From(New.Count == 1 ? "is" : "are")} new ({First(New)})");
        }

        if (Gone.Count > 0)
        {
            yield return SafeText.Of($"; {Gone.Count} {SafeText.From(Gone.Count == 1 ? "is" : "are")} gone ({First(Gone)})");
        }

        if (NotComparable.Count > 0)
        {
            yield return SafeText.Of($"; {NotComparable.Count} {SafeText.From(NotComparable.Count == 1 ? "is" : "are")} not comparable, because the definition changed{SafeText.From(options.Runs > 1 ? $" or the baseline has fewer than {options.Runs} runs" : "")} ({First(NotComparable)})");
        }
    }

    private static SafeText First(IReadOnlyList<BaselineValue> values)
        => SafeText.Of($"{values[0].Signal} of {values[0].Subject}{SafeText.From(values.Count > 1 ? " and others" : "")}");

    // Of several runs, a new one is expected within the prediction interval of a normal variable, t s √(1 + 1/n); the chance of a false alarm is shared out among all that
    // are compared, after Bonferroni.
    private static double Tolerance(BaselineValue before, int compared, MetricMustNotRegress.Options options)
    {
        var stated = Math.Max(options.Absolute, options.Relative * Math.Abs(before.Value));
        return before is { Spread: > 0 and var spread, Runs: > 1 }
            ? Math.Max(stated, StudentT.UpperQuantile(options.FalseAlarms / compared, before.Runs - 1) * spread * Math.Sqrt(1 + (1.0 / before.Runs)))
            : stated;
    }
}

/// <summary>A number of a run beside that of the baseline.</summary>
/// <param name="Before">That of the baseline.</param>
/// <param name="Now">That of the run.</param>
/// <param name="Tolerance">How much worse it may be.</param>
internal sealed record ComparedValue(BaselineValue Before, double Now, double Tolerance)
{
    /// <summary>The worst value that passes.</summary>
    /// <remarks>What a run of the baseline reached passes always.</remarks>
    public double Limit
    {
        get
        {
            var tolerated = Before.Better == Better.Lower ? Before.Value + Tolerance : Before.Value - Tolerance;
            return Before.Worst is { } worst && Before.IsBetter(tolerated, worst) ? worst : tolerated;
        }
    }

    /// <summary>Whether it is worse by more than the tolerance.</summary>
    public bool IsWorse => Before.IsBetter(Limit, Now);

    /// <summary>How far it is from the baseline, as a multiple of what is tolerated; infinite where nothing is.</summary>
    public double Excess => Math.Abs(Now - Before.Value) / Math.Abs(Limit - Before.Value);
}
