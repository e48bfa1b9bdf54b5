using ModelGate.Architecture.Keys;
using ModelGate.Runs;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Keys;

/// <summary>The model has exactly as many parameters as its architecture, or as the configuration says.</summary>
[GateId("MG1002")]
internal sealed class ParameterCountMustMatch : Gate<ParameterCountMustMatch.Options>
{
    /// <summary>What is counted, and the number that it has to be.</summary>
    public sealed record Options
    {
        /// <summary>Number of parameters that the model must have; null by default: that of the architecture.</summary>
        [Range(1, 9_007_199_254_740_991)]
        public double? Parameters { get; init; }

        /// <summary>Patterns of names that do not count, with * and ?; empty by default.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];

        /// <summary>Prefixes of the only names that count; empty by default: every name.</summary>
        public IReadOnlyList<string> Only { get; init; } = [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Architecture];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => JudgedModels.Of(files);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Of(ArtifactRole.Architecture).Select(f => new Need(f, new StatedKeysMeasure())).Concat(JudgedModels.Needs(subject));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var stated = subject.Of(ArtifactRole.Architecture).Select(f => measured.Of(f, new StatedKeysMeasure())).FirstOrDefault();
        return JudgedModels.Choose(subject, measured) is { } model
            ? Judge(model, stated, options) with { Path = model.Path }
            : Judgement.Inconclusive(SafeText.Of($"neither model nor checkpoints name a file to compare"));
    }

    private static Judgement Judge(JudgedModel model, StatedKeys? stated, Options options)
    {
        var selection = new KeySelection(options.Only, options.Ignore);
        var weights = selection.Of(model.Outline.Weights);
        if (weights.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} holds no weights that count"));
        }

        double required;
        if (options.Parameters is { } number)
        {
            if (number != Math.Floor(number))
            {
                return Judgement.Inconclusive(SafeText.Of($"the option parameters is {number}, and there are only whole parameters"));
            }

            required = number;
        }
        else if (stated?.Keys is { } keys)
        {
            // A tensor under two names counts once, as it does in PyTorch's parameters().
            var expected = selection.Of(keys);
            var tied = TiedKeys.Missing(KeyComparison.Of(ModelKeys.Of(weights), expected, ties: TiedWeights.Of(model.Outline))).Known;
            required = expected.Where(k => !tied.ContainsKey(k.Key)).Sum(k => k.Value.Shape.Aggregate(1.0, (product, size) => product * size));
        }
        else
        {
            return Judgement.Inconclusive(stated?.Problem ?? SafeText.Of($"the configuration names no architecture, and the option parameters gives no number"));
        }

        var found = weights.Values.Sum(w => (double)w.Elements);
        var count = ParameterCount.Info.Of(model.Path, found) with { Required = new(Relation.Equal, required) };
        var source = options.Parameters is null ? SafeText.From(stated!.Source) : SafeText.Of($"the configuration");
        return found.Equals(required)
            ? Judgement.Of(SafeText.Of($"{model.Path} has {found:0} parameters, as {source} says"), [count], [])
            : Judgement.Of(
                SafeText.Of($"{model.Path} has {found:0} parameters, and {source} says {required:0}"),
                [count],
                [new Finding(SafeText.Of($"{Math.Abs(found - required):0} parameters {(found > required ? "too many" : "too few")}: {found:0} in {weights.Count} keys against {required:0}")) { Evidence = [count] }]);
    }
}
