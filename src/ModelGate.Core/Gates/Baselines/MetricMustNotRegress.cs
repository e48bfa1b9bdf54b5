using ModelGate.Runs;
using ModelGate.Signals.Baselines;

namespace ModelGate.Gates.Baselines;

/// <summary>No number that the other gates measured is worse than in the baseline, by more than its tolerance.</summary>
[GateId("MG9001")]
internal sealed class MetricMustNotRegress : Gate<MetricMustNotRegress.Options>, IJudgesRun
{
    /// <summary>What is compared, and how much worse a number may be.</summary>
    public sealed record Options
    {
        /// <summary>The signals that are compared; all that have a better direction by default.</summary>
        public IReadOnlyList<string> Signals { get; init; } = [];

        /// <summary>How much worse a number may be, as a share of its value in the baseline; 0.1 by default.</summary>
        [Range(0, 1000)]
        public double Relative { get; init; } = 0.1;

        /// <summary>How much worse a number may be in the signal's own unit, whatever its share; 0 by default.</summary>
        [Range(0, double.MaxValue)]
        public double Absolute { get; init; }

        /// <summary>The probability that any number is called worse by chance, where the baseline knows the spread over several runs; 0.05 by default.</summary>
        [Range(1e-6, 0.5)]
        public double FalseAlarms { get; init; } = 0.05;

        /// <summary>In how many runs of the baseline a number has to be measured to be compared; 1 by default.</summary>
        [Range(1, 10_000)]
        public int Runs { get; init; } = 1;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Baseline];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => files.Each(ArtifactRole.Baseline);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [new(subject.Files[0], new BaselineMeasure())];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var baseline = measured.Of(subject.Files[0], new BaselineMeasure());
        return Judgement.Inconclusive(SafeText.Of($"the other gates have measured nothing")) with { OfRun = run => Judge(SafeText.From(subject.Path), baseline, run, options) };
    }

    /// <inheritdoc/>
    public Judgement Judge(SafeText name, Baseline baseline, JudgedRun run, object options)
    {
        var wanted = (Options)options;
        return baseline.ModelOf(run.Folder, run.IsOneOfSeveral) is { } model
            ? BaselineComparison.Of(model, BaselineReduction.Values(run.Results), wanted).Judge(name, wanted)
            : Judgement.Inconclusive(SafeText.Of($"{name} has no model of this name; it has {SafeText.Join(", ", baseline.Models.Select(m => m.Name.IsEmpty ? SafeText.Of($"one without a name") : m.Name))}: judge the folder that it was made from"));
    }
}
