using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Families.Hyperparameters;
using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Keys;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Keys;

/// <summary>What the model and its trainer's configuration declare is what the tensors show.</summary>
[GateId("MG1003")]
internal sealed class DeclaredConfigurationMustHold : Gate<DeclaredConfigurationMustHold.Options>
{
    /// <summary>What is tolerated.</summary>
    public sealed record Options
    {
        /// <summary>Highest number of contradictions; 0 by default.</summary>
        [Range(0, 1000)]
        public int Limit { get; init; }

        /// <summary>Whether LoRA adapters that the configuration declares may be merged into the weights; false by default: they have to be there.</summary>
        public bool MergedLora { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Model];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Config];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
    {
        if (files.Missing(ArtifactRole.Config) is { IsEmpty: false } problem)
        {
            return [Subject.Impossible(problem)];
        }

        var configurations = files.Of(ArtifactRole.Config);
        return configurations.Count > 1
            ? [Subject.Impossible(SafeText.Of($"{configurations.Count} files match the role config, and a model has one"))]
            : files.Each(ArtifactRole.Model).Select(s => s with { Files = [.. s.Files, .. configurations] });
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.Select(f => f.Role == ArtifactRole.Config ? new Need(f, new DeclarationMeasure()) : new Need(f, new OutlineMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var file = subject.Of(ArtifactRole.Config).FirstOrDefault();
        var declared = file is null ? null : measured.Of(file, new DeclarationMeasure());
        return subject.Of(ArtifactRole.Model).FirstOrDefault() is { } model
            ? Judge(subject.Path, measured.Of(model, new OutlineMeasure()), declared, file?.Path ?? "", options)
            : Judgement.Inconclusive(subject.Problem);
    }

    private static Judgement Judge(string model, Checkpoint outline, TrainerConfiguration? configuration, string configurationPath, Options options)
    {
        var tensors = new FamilyTensors(outline.Weights.Keys, name => outline.Weights.GetValueOrDefault(name)?.Shape);
        if (ModelFamilies.All.Recognize(tensors) is not { } family)
        {
            return Judgement.Nothing(SafeText.Of($"the names in {model} are those of no known family, so what is declared of it cannot be compared"));
        }

        var declarations = new List<Declaration>();
        if (Declaration.OfExport(family, outline) is { } carried)
        {
            declarations.AddRange([carried, Declaration.OfScalars(family, outline)]);
        }

        if (configuration is not null)
        {
            declarations.Add(Declaration.OfFile(family, configuration.Root, configurationPath));
        }

        if (declarations.Count == 0)
        {
            return Judgement.Nothing(SafeText.Of($"{model} carries no configuration, and the role config names none"));
        }

        var check = new DeclarationCheck(family, tensors, declarations, options.MergedLora);
        var (wrong, compared) = (check.Contradictions, check.Compared);
        if (compared == 0 && wrong.Count == 0)
        {
            return Judgement.Nothing(SafeText.Of($"neither the tensors of {model} nor its configuration state a hyperparameter that the other does"));
        }

        var path = SafeText.From(model);
        Measurement[] measurements =
        [
            Contradictions.Info.Of(model, wrong.Count) with { Required = new(Relation.AtMost, options.Limit) },
            ComparedHyperparameters.Info.Of(model, compared),
        ];
        return wrong.Count <= options.Limit
            ? Judgement.Of(SafeText.Of($"{SafeText.Count(compared, "declared hyperparameter holds", "declared hyperparameters hold")} in {path}"), measurements, [])
            : Judgement.Of(
                SafeText.Of($"{path} is not what is declared of it: {SafeText.Count(wrong.Count, "contradiction")}"),
                measurements,
                [.. wrong.Select(w => new Finding(w) { Evidence = [measurements[0]] })]);
    }
}
