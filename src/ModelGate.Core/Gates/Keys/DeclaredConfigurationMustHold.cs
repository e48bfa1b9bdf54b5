using ModelGate.Architecture;
using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Keys;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Keys;

/// <summary>What the model and its trainer's configuration declare is what the tensors show.</summary>
[GateId("MG1003")]
internal sealed class DeclaredConfigurationMustHold : Gate<DeclaredConfigurationMustHold.Options>
{
    // No tensor tells these: two declarations of them have to agree.
    private static readonly string[] Untold = ["sampling_rate", "spec_channels", "upsample_rates"];

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
        var export = ExportDeclaration.Of(outline);
        if (export is null && configuration is null)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model} carries no configuration, and the role config names none"));
        }

        var measured = MeasuredHyperparameters.Of(outline.Weights);
        var inExport = export?.Hyperparameters ?? [];
        var inFile = configuration is not null ? DeclaredHyperparameters.Of(configuration.Root) : [];
        var wrong = new List<SafeText>(export?.Contradictions() ?? []);
        var compared = Compare(measured, inExport, "", wrong, options) + Compare(measured, inFile, configurationPath, wrong, options);
        compared += CompareDeclarations(inExport, inFile, configurationPath, wrong);
        compared += Hop(inFile, configurationPath, wrong);
        if (compared == 0 && wrong.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"neither the tensors of {model} nor its configuration state a hyperparameter that the other does"));
        }

        var path = SafeText.From(model);
        Measurement[] measurements =
        [
            Contradictions.Info.Of(model, wrong.Count) with { Required = new(Relation.AtMost, options.Limit) },
            ComparedHyperparameters.Info.Of(model, compared),
        ];
        return wrong.Count <= options.Limit
            ? Judgement.Of(SafeText.Of($"{compared} declared hyperparameters hold in {path}"), measurements, [])
            : Judgement.Of(
                SafeText.Of($"{path} is not what is declared of it: {wrong.Count} contradictions"),
                measurements,
                [.. wrong.Select(w => new Finding(w) { Evidence = [measurements[0]] })]);
    }

    private static int Compare(IReadOnlyList<Hyperparameter> measured, IReadOnlyList<Hyperparameter> declared, string source, List<SafeText> wrong, Options options)
    {
        var compared = 0;
        foreach (var said in declared)
        {
            if (measured.FirstOrDefault(m => m.Name == said.Name) is not { } shown
                || (said.Name == "LoRA" && options.MergedLora && shown.Values is [0]))
            {
                continue;
            }

            compared++;
            if (!shown.Values.SequenceEqual(said.Values))
            {
                wrong.Add(said.Name == "LoRA"
                    ? Adapters(said, shown, source)
                    : SafeText.Of($"{said.Name} is {said.Shown} by {Place(said, source)}, and {shown.Shown} by the tensors ({shown.Place})"));
            }
        }

        return compared;
    }

    private static SafeText Adapters(Hyperparameter said, Hyperparameter shown, string source)
        => said.Values is [1]
            ? SafeText.Of($"{Place(said, source)} declares LoRA, and no key holds an adapter: it was merged (then say mergedLora), or is missing")
            : SafeText.Of($"{Place(said, source)} declares no LoRA, and {shown.Place} is an adapter that was not merged");

    private static int CompareDeclarations(IReadOnlyList<Hyperparameter> export, IReadOnlyList<Hyperparameter> file, string path, List<SafeText> wrong)
    {
        var compared = 0;
        foreach (var name in Untold)
        {
            if (export.FirstOrDefault(h => h.Name == name) is { } left && file.FirstOrDefault(h => h.Name == name) is { } right)
            {
                compared++;
                if (!left.Values.SequenceEqual(right.Values))
                {
                    wrong.Add(SafeText.Of($"{name} is {left.Shown} by the model's {left.Place}, and {right.Shown} by {Place(right, path)}"));
                }
            }
        }

        return compared;
    }

    private static int Hop(IReadOnlyList<Hyperparameter> declared, string path, List<SafeText> wrong)
    {
        if (declared.FirstOrDefault(h => h.Name == "upsample_rates") is not { Values.Count: <= 64 } rates || declared.FirstOrDefault(h => h.Name == "hop_length") is not { Values: [var hop] } length)
        {
            return 0;
        }

        var product = rates.Values.Aggregate(1.0, (p, r) => p * r);
        if (product != hop)
        {
            wrong.Add(SafeText.Of($"the product of upsample_rates is {product:0} by {Place(rates, path)}, and {length.Place} is {hop}: the output would have another length"));
        }

        return 1;
    }

    private static SafeText Place(Hyperparameter said, string source)
        => said.Place.StartsWith("config[", StringComparison.Ordinal) ? SafeText.Of($"the model's {said.Place}") : SafeText.Of($"{source} ({said.Place})");
}
