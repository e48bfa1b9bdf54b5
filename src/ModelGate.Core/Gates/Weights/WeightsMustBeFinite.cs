using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Weights;

/// <summary>No weight of the model or of a checkpoint is NaN or infinite, and not all of them are zero.</summary>
[GateId("MG3001")]
internal sealed class WeightsMustBeFinite : Gate<WeightsMustBeFinite.Options>
{
    private const int MostFindings = 20;
    private const int MostByName = 6;

    /// <summary>Which tensors do not count.</summary>
    public sealed record Options
    {
        /// <summary>Patterns of names whose elements may be NaN or infinite, with * and ?; none by default. A mask of 0 and minus infinity needs no pattern.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => RolesAnyOf.SelectMany(files.Each).Where(s => s.Files is not [{ } file, ..] || !CheckpointName.Of(file.FileName).SaysState).DistinctBy(s => s.Files.Count > 0 ? s.Path : s.Problem.Value, StringComparer.Ordinal)
            .Select(s => s.Files is [{ Role: ArtifactRole.Model }] ? s with { Files = [.. s.Files, .. files.Of(ArtifactRole.Checkpoints).Where(f => !CheckpointName.Of(f.FileName).SaysState)] } : s);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [new(subject.Files[0], new FiniteWeightsMeasure())];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options) => subject.Files.Skip(1).Select(f => new Need(f, new FiniteWeightsMeasure()));

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => [new(subject.Files[0], new StatisticsMeasure())];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var weights = measured.Of(subject.Files[0], new FiniteWeightsMeasure());
        if (weights.Tensors == 0)
        {
            // What a trainer keeps beside its checkpoints may hold none; what is shipped as a model has some.
            return subject.Files[0].Role == ArtifactRole.Model
                ? Judgement.Inconclusive(SafeText.Of($"{subject.Path} holds no tensor: there is nothing in it to judge"))
                : Judgement.Nothing(SafeText.Of($"{subject.Path} holds no weights to look at"));
        }

        if (weights.Elements == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"no tensor of {subject.Path} has elements, of {weights.Tensors}: there is nothing to look at"));
        }

        var selection = new KeySelection([], options.Ignore);
        var notFinite = weights.Notable.Where(t => t.NaN + t.Infinite > 0 && selection.Contains(t.Name)).ToArray();
        var broken = notFinite.Where(t => !IsMask(t, notFinite.Length, weights)).ToArray();
        Measurement[] measurements =
        [
            NanWeights.Info.Of(subject.Path, broken.Sum(t => (double)t.NaN)) with { Required = new(Relation.AtMost, 0) },
            InfiniteWeights.Info.Of(subject.Path, broken.Sum(t => (double)t.Infinite)) with { Required = new(Relation.AtMost, 0) },
        ];
        if (broken.Length == 0 && weights is { AreAllZero: true, Elements: > 1 })
        {
            var zero = SafeText.Of($"all {SafeText.Count(weights.Elements, "weight")} in {SafeText.Count(weights.Tensors, "tensor")} of {subject.Path} are 0: nothing was trained, or nothing was loaded into what was saved");
            return Judgement.Of(zero, measurements, [new Finding(zero) { Remedy = SafeText.Of($"Export the model again, from a checkpoint whose weights are its own.") }]);
        }

        if (broken.Length == 0)
        {
            var masks = notFinite.Length == 0 ? SafeText.Empty : SafeText.Of($", but for {SafeText.Count(notFinite.Length, "mask")} of 0 and minus infinity");
            return Judgement.Of(SafeText.Of($"{SafeText.From(weights.Elements == 1 ? "the" : "all")} {SafeText.Count(weights.Elements, "weight")} in {SafeText.Count(weights.Tensors, "tensor")} of {subject.Path} {SafeText.From(weights.Elements == 1 ? "is" : "are")} finite{masks}"), measurements, []);
        }

        var checkpoints = subject.Files.Skip(1).Select(f => (File: f, Weights: measured.Find(f, new FiniteWeightsMeasure()))).Where(c => c.Weights is not null).ToArray();
        var findings = Findings(broken, t => Overflow(t, checkpoints!)).Select(f => f with { Evidence = measurements }).ToList();
        if (findings.Count > MostFindings)
        {
            var left = findings.Count - MostFindings;
            findings.RemoveRange(MostFindings, left);
            findings.Add(new Finding(SafeText.Of($"and {left} more {SafeText.From(broken.Length > MostByName ? "groups of tensors" : "tensors")}")));
        }

        return Judgement.Of(
            SafeText.Of($"weights of {subject.Path} are not finite, in {broken.Length} of {weights.Tensors} tensors: {broken.Sum(t => (double)t.NaN):0} NaN, {broken.Sum(t => (double)t.Infinite):0} infinite"),
            measurements,
            findings);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var selection = new KeySelection([], options.Ignore);
        var broken = measured.Of(subject.Files[0], new FiniteWeightsMeasure()).Notable.Where(t => t.NaN + t.Infinite > 0 && (!t.IsMask || t.Name.EndsWith(".weight", StringComparison.Ordinal)) && selection.Contains(t.Name)).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        if (broken.Count == 0 || measured.Find(subject.Files[0], new StatisticsMeasure()) is not { Tensors: { Count: > 1 } tensors })
        {
            return [];
        }

        return [new StripExhibit(SafeText.Of($"Where {subject.Path} is broken, tensor by tensor"), "log10 of the standard deviation of what is finite",
            [.. tensors.Select(t => new StripCell(SafeText.From(t.Name), t.Statistics.StandardDeviation is > 0 and var spread ? Math.Log10(spread) : double.NaN, broken.Contains(t.Name)))])
        {
            Description = SafeText.Of($"{tensors.Count} tensors in the order of the file; {SafeText.Count(broken.Count, "holds", "hold")} NaN or infinity, and {SafeText.From(broken.Count == 1 ? "is" : "are")} marked"),
        }];
    }

    // A mask is a buffer beside the weights: it is not called one, and is not all that there is.
    private static bool IsMask(FiniteTensor tensor, int notFinite, FiniteWeights weights)
        => tensor.IsMask && (notFinite < weights.Tensors || weights.Tensors == 1)
            && !tensor.Name.EndsWith(".weight", StringComparison.Ordinal) && !tensor.Name.EndsWith(".bias", StringComparison.Ordinal);

    // A broken network is broken throughout: its layers are told by what their names have in common.
    private static IEnumerable<Finding> Findings(FiniteTensor[] broken, Func<FiniteTensor, RoleFile?> overflow)
    {
        var told = broken.Select(t => (Tensor: t, Overflow: overflow(t))).ToArray();
        if (broken.Length <= MostByName)
        {
            return told.Select(t => Finding(t.Tensor, t.Overflow));
        }

        return told.Where(t => t.Overflow is not null).Select(t => Finding(t.Tensor, t.Overflow))
            .Concat(told.Where(t => t.Overflow is null).Select(t => t.Tensor).GroupBy(t => KeyName.Pattern(t.Name), StringComparer.Ordinal)
                .Select(g => g.Count() == 1 ? Finding(g.First(), null) : new Finding(SafeText.Of($"{SafeText.From(FoldedNames.Fold(g.Select(t => t.Name))[0].Pattern)} hold {Counts(g.Sum(t => t.NaN), g.Sum(t => t.Infinite))} of {SafeText.Count(g.Sum(t => t.Elements), "element")}, in {g.Count()} tensors"))
                {
                    Remedy = GoBack,
                }));
    }

    private static SafeText GoBack => SafeText.Of($"Go back to a checkpoint from before the weights broke, lower the learning rate, and export again.");

    private static SafeText Counts(long nan, long infinite)
        => nan == 0 ? SafeText.Of($"{infinite} infinite") : infinite == 0 ? SafeText.Of($"{nan} NaN") : SafeText.Of($"{nan} NaN and {infinite} infinite");

    private static Finding Finding(FiniteTensor tensor, RoleFile? overflow)
    {
        var counts = Counts(tensor.NaN, tensor.Infinite);
        return overflow is null
            ? new Finding(SafeText.Of($"{SafeText.From(tensor.Name)} holds {counts} of {SafeText.Count(tensor.Elements, "element")}"))
            {
                Remedy = GoBack,
            }
            : new Finding(SafeText.Of($"{SafeText.From(tensor.Name)} became infinite in half precision, {tensor.Infinite} of {tensor.Elements} elements: {overflow.Path} holds values beyond 65504 there"))
            {
                Remedy = SafeText.Of($"Export in float32 or bfloat16, and look into why weights are that great: training may be diverging."),
            };
    }

    // The same tensor of a checkpoint, under its own name or with a word in front.
    private static RoleFile? Overflow(FiniteTensor tensor, (RoleFile File, FiniteWeights Weights)[] checkpoints)
        => tensor is not { DType: DType.Float16, NaN: 0 } ? null
            : checkpoints.FirstOrDefault(c => c.Weights.Notable.Any(t => t.BeyondHalf > 0 && t.Infinite < tensor.Infinite
                && (t.Name == tensor.Name || t.Name.EndsWith("." + tensor.Name, StringComparison.Ordinal) || tensor.Name.EndsWith("." + t.Name, StringComparison.Ordinal)))).File;
}
