using ModelGate.Architecture.Keys;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>The model has exactly as many parameters as its architecture, or as the configuration says.</summary>
[GateId("MG1002")]
internal sealed class ParameterCountMustMatch : Gate<CountedModel, ParameterCountMustMatch.Options>
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
    protected override IEnumerable<Selection<CountedModel>> Select(ArtifactSet artifacts)
    {
        var expected = artifacts.Has(ArtifactRole.Architecture)
            ? JudgedModels.Expected(artifacts)
            : new(null, SafeText.Of($"the configuration names no architecture, and the option parameters gives no number"));
        foreach (var model in JudgedModels.Of(artifacts))
        {
            yield return model.Subject is { } file
                ? new(file.Path, new CountedModel(file, expected.Subject?.Keys, expected.Subject?.Source ?? "", expected.Problem))
                : new(model.Artifact, model.Problem);
        }
    }

    /// <inheritdoc/>
    public override Judgement Judge(CountedModel subject, Options options, CancellationToken cancellation = default)
    {
        var selection = new KeySelection(options.Only, options.Ignore);
        var weights = selection.Of(subject.Model.Content.Weights);
        if (weights.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{subject.Model.Path} holds no weights that count"));
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
        else if (subject.Expected is { } keys)
        {
            required = selection.Of(keys).Values.Sum(k => k.Shape.Aggregate(1.0, (product, size) => product * size));
        }
        else
        {
            return Judgement.Inconclusive(subject.Problem);
        }

        var found = weights.Values.Sum(w => (double)w.Elements);
        var count = new Measurement("parameter-count", SafeText.From(subject.Model.Path), found, "parameters") { Required = new(Relation.Equal, required) };
        var source = options.Parameters is null ? SafeText.From(subject.Source) : SafeText.Of($"the configuration");
        return found.Equals(required)
            ? Judgement.Of(SafeText.Of($"{subject.Model.Path} has {found:0} parameters, as {source} says"), [count], [])
            : Judgement.Of(
                SafeText.Of($"{subject.Model.Path} has {found:0} parameters, and {source} says {required:0}"),
                [count],
                [new Finding(SafeText.Of($"{Math.Abs(found - required):0} parameters {(found > required ? "too many" : "too few")}: {found:0} in {weights.Count} keys against {required:0}")) { Evidence = [count] }]);
    }
}
