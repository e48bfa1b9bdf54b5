using System.Globalization;
using ModelGate.Architecture.Keys;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Weights;

/// <summary>A model is like one that works: the same names, a configuration of the same length, and layers whose weights have about the same spread and mean.</summary>
[GateId("MG3004")]
internal sealed class WeightsMustResembleReference : Gate<WeightsMustResembleReference.Options>
{
    private const int MostNamed = 3;
    private const int MostMeasured = 4;
    private const int MostRows = 20;
    private const int MostDead = 5;

    /// <summary>How far a model may be from one that works.</summary>
    public sealed record Options
    {
        /// <summary>The share of matrices, 0 to 1, that may be unlike the reference's; 0.1 by default. Two healthy voices have none.</summary>
        [Range(0, 1)]
        public double Layers { get; init; } = 0.1;

        /// <summary>How many times the reference's spread a matrix may have, or how many times less; 2 by default. Healthy voices come to 1.9.</summary>
        [Range(1, 1e6)]
        public double Spread { get; init; } = 2;

        /// <summary>How many standard deviations a matrix's mean may be off; 0.5 by default. Healthy voices come to 0.21.</summary>
        [Range(0, 1e6)]
        public double Mean { get; init; } = 0.5;

        /// <summary>Patterns of the names of weights that may be unlike, with * and ?, such as "emb_g.*"; none by default.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];

        /// <summary>Whether the reference has to have the same sample rate; false by default.</summary>
        public bool SameSampleRate { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.ReferenceModel];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => ShippedModels.Of(files, ArtifactRole.ReferenceModel);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.SelectMany(f => new[] { new Need(f, new OutlineMeasure()), new Need(f, new StatisticsMeasure()), new Need(f, new ModelFactsMeasure()) });

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var found = Nearest(subject, options, measured);
        if (found.Names.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{subject.Path} and {found.Reference.Path} have no name of a weight in common: the reference has to be a model of the same network"));
        }

        var selection = new KeySelection([], options.Ignore);
        var layers = found.Layers.Where(l => selection.Contains(l.Name)).ToArray();
        var unlike = Unlike(layers, options);
        var share = layers.Length == 0 ? 0 : (double)unlike.Length / layers.Length;
        var measurements = Measurements(found, layers, share, options);
        Finding[] findings = [.. Find(found, layers, unlike, share, options).Select(f => f with { Evidence = [.. measurements.Where(m => m.Required is not null)] })];
        if (findings.Length > 0)
        {
            return Judgement.Of(findings[0].Message, measurements, findings);
        }

        if (layers.Length == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{subject.Path} and {found.Reference.Path} have no matrix of finite weights in common"));
        }

        var most = layers.MaxBy(l => l.Octaves)!;
        return Judgement.Of(
            SafeText.Of($"{subject.Path} is like {found.Reference.Path}: {unlike.Length} of {SafeText.Count(layers.Length, "matrix", "matrices")} {SafeText.From(unlike.Length == 1 ? "is" : "are")} unlike, the most {SafeText.From(most.Name)} with {Describe(most)}{Remarks(found)}"),
            measurements,
            []);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var found = Nearest(subject, options, measured);
        var selection = new KeySelection([], options.Ignore);
        var layers = found.Layers.Where(l => selection.Contains(l.Name)).ToArray();
        if (layers.Length < 2)
        {
            return [];
        }

        var unlike = Unlike(layers, options).Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            new TableExhibit(SafeText.Of($"{subject.Path} beside {found.Reference.Path}"), ["", "this model", "the one that works"], [.. ReferenceTable.Rows(found)]),
            new StripExhibit(SafeText.Of($"Spread of the weights of {subject.Path} against {found.Reference.Path}, matrix by matrix"), "log2 of the quotient of the standard deviations", [.. layers.Select(l => new StripCell(SafeText.From(l.Name), Math.Log2(l.Ratio), unlike.Contains(l.Name)))])
            {
                Description = SafeText.Of($"{SafeText.Count(layers.Length, "matrix", "matrices")} in the order of the file; 0 is the reference's spread, 1 twice it; {SafeText.Count(unlike.Count, "is", "are")} marked"),
            },
            new TableExhibit(SafeText.Of($"Matrices that differ most from {found.Reference.Path}"), ["matrix", "mean", "deviation", "mean there", "deviation there", "octaves", "means apart"], [.. Ordered(layers, options).Take(MostRows).Select(l => ReferenceTable.Row(l, unlike.Contains(l.Name)))]),
        ];
    }

    // Of several models that work, the one that it is most like.
    private static ReferenceComparison Nearest(Subject subject, Options options, IMeasured measured)
        => subject.Files.Skip(1).Select(r => new ReferenceComparison(subject.Files[0], r, measured))
            .OrderBy(c => c.Missing.Count + c.Additional.Count).ThenBy(c => c.ShareOf(l => IsUnlike(l, options))).ThenBy(c => c.Reference.Path, StringComparer.Ordinal).First();

    private static LayerDistance[] Unlike(IEnumerable<LayerDistance> layers, Options options) => [.. Ordered(layers, options).Where(l => IsUnlike(l, options))];

    private static IEnumerable<LayerDistance> Ordered(IEnumerable<LayerDistance> layers, Options options)
        => layers.OrderByDescending(l => Math.Max(l.Octaves / Math.Max(Math.Log2(options.Spread), 1e-9), l.Deviations / Math.Max(options.Mean, 1e-9))).ThenBy(l => l.Name, StringComparer.Ordinal);

    private static bool IsUnlike(LayerDistance layer, Options options) => layer.Octaves > Math.Log2(options.Spread) || layer.Deviations > options.Mean;

    private static IEnumerable<Finding> Find(ReferenceComparison found, LayerDistance[] layers, LayerDistance[] unlike, double share, Options options)
    {
        var (own, reference) = (found.Own.Path, found.Reference.Path);
        if (found.Missing.Count + found.Additional.Count > 0)
        {
            yield return new Finding(SafeText.Of($"{own} has other weights than {reference}: it lacks {found.Missing.Count}{Names(found.Missing)}, and has {found.Additional.Count} more{Names(found.Additional)}"))
            {
                Remedy = SafeText.Of($"Compare it with a model of the same network, or export it with the tool that exported the reference; modelgate diff says what the names have in common"),
            };
        }

        if (found.Facts.ConfigLength is { } length && found.ReferenceFacts.ConfigLength is { } wanted && length != wanted)
        {
            yield return new Finding(SafeText.Of($"the config that {own} carries has {length} items, and that of {reference} has {wanted}"))
            {
                Remedy = SafeText.Of($"Export it again with the trainer's own tool: programs that convert read each item by its place"),
            };
        }

        if (options.SameSampleRate && found.Facts.SampleRate is { } rate && found.ReferenceFacts.SampleRate is { } rateThere && !rate.Equals(rateThere))
        {
            yield return new Finding(SafeText.Of($"{own} speaks at {rate:0} Hz, and {reference} at {rateThere:0} Hz"));
        }

        foreach (var dead in layers.Where(l => l.IsDead).Take(MostDead))
        {
            yield return new Finding(SafeText.Of($"{SafeText.From(dead.Name)} of {own} is {NumberText.Of(dead.Own.Mean!.Value)} throughout, and that of {reference} is not"))
            {
                Remedy = SafeText.Of($"Check whether training ever reached this layer: a part that begins at zero and stays so does nothing"),
            };
        }

        if (share > options.Layers)
        {
            yield return new Finding(SafeText.Of($"{unlike.Length} of {SafeText.Count(layers.Length, "matrix", "matrices")} of {own} are unlike those of {reference}: {SafeText.Join(", ", unlike.Take(MostNamed).Select(l => SafeText.Of($"{SafeText.From(l.Name)} with {Describe(l)}")))}{(unlike.Length > MostNamed ? ", …" : "")}"))
            {
                Remedy = SafeText.Of($"Look at the learning rate and at the first checkpoint that has it: weights that grow in every layer at once tell of a rate that is too high"),
            };
        }
    }

    private static Measurement[] Measurements(ReferenceComparison found, LayerDistance[] layers, double share, Options options)
    {
        var (own, reference) = (found.Own.Path, found.Reference.Path);
        return
        [
            UnlikeKeys.Info.Of(own, found.Missing.Count + found.Additional.Count) with { Required = new(Relation.AtMost, 0) },
            UnlikeLayers.Info.Of(own, share) with { Required = new(Relation.AtMost, options.Layers), Text = SafeText.From(found.Reference.FileName) },
            .. layers.OrderByDescending(l => l.Octaves).ThenBy(l => l.Name, StringComparer.Ordinal).Take(MostMeasured).Select(l => LayerSpreadDistance.Info.Of(own, l.Octaves, SafeText.From(l.Name)) with { Text = SafeText.From(l.Name) }),
            .. layers.OrderByDescending(l => l.Deviations).ThenBy(l => l.Name, StringComparer.Ordinal).Take(MostMeasured).Select(l => LayerMeanDistance.Info.Of(own, l.Deviations, SafeText.From(l.Name)) with { Text = SafeText.From(l.Name) }),
            .. Known(TrainingEpoch.Info.Of(reference, found.ReferenceFacts.Epoch)),
            .. Known(TrainingStep.Info.Of(reference, found.ReferenceFacts.Step)),
            .. Known(ParameterCount.Info.Of(reference, found.ReferenceFacts.Weights)),
        ];

        static IEnumerable<Measurement> Known(Measurement measurement) => measurement.Observed is null ? [] : [measurement with { Role = ArtifactRole.ReferenceModel }];
    }

    private static SafeText Remarks(ReferenceComparison found)
    {
        var remarks = new List<SafeText>();
        if (found.OtherShapes > 0)
        {
            remarks.Add(SafeText.Of($"{SafeText.Count(found.OtherShapes, "tensor has another shape", "tensors have other shapes")}"));
        }

        if (found.Facts.SampleRate is { } rate && found.ReferenceFacts.SampleRate is { } there && !rate.Equals(there))
        {
            remarks.Add(SafeText.Of($"{rate:0} Hz against {there:0} Hz"));
        }

        if (found.Facts.Epoch is { } epoch && found.ReferenceFacts.Epoch is { } epochThere && epoch != epochThere)
        {
            remarks.Add(SafeText.Of($"epoch {epoch} against {epochThere}"));
        }

        return SafeText.Join("", remarks.Select(r => SafeText.Of($"; {r}")));
    }

    private static SafeText Describe(LayerDistance layer)
        => layer.Octaves > layer.Deviations || layer.Deviations < 0.05
            ? double.IsFinite(layer.Octaves) ? SafeText.Of($"{layer.Ratio.ToString("0.00", CultureInfo.InvariantCulture)} times the spread") : SafeText.Of($"{SafeText.From(layer.IsDead ? "no spread at all" : "a spread where the reference has none")}")
            : SafeText.Of($"a mean {layer.Deviations:0.00} deviations off");

    private static SafeText Names(IReadOnlyList<string> names)
    {
        var groups = FoldedNames.Fold(names);
        return groups.Count == 0 ? SafeText.Empty : SafeText.Of($" ({SafeText.Join(", ", groups.Take(MostNamed).Select(g => SafeText.From(g.Pattern)))}{(groups.Count > MostNamed ? ", …" : "")})");
    }
}
