using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Weights;

/// <summary>Training has changed the weights of the pretrained model that it started from, in every layer that it was to change.</summary>
[GateId("MG3003")]
internal sealed class WeightsMustHaveMoved : Gate<WeightsMustHaveMoved.Options>
{
    private const int MostBlocks = 8;
    private const int MostRows = 12;

    /// <summary>How far weights have to move.</summary>
    public sealed record Options
    {
        /// <summary>The share of tensors, 0 to 1, that may still be exactly those of the start; 0.05 by default. Of trained models none is.</summary>
        [Range(0, 1)]
        public double Unmoved { get; init; } = 0.05;

        /// <summary>The least that all weights together have to change, relative to their size; 0.001 by default. One epoch of fine-tuning changes more.</summary>
        [Range(0, 10)]
        public double Change { get; init; } = 0.001;

        /// <summary>Patterns of the names of weights that are frozen on purpose, with * and ?, such as "enc_p.*"; none by default.</summary>
        public IReadOnlyList<string> Frozen { get; init; } = [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Pretrained];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => ShippedModels.Of(files, ArtifactRole.Pretrained);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new OutlineMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        if (Nearest(subject, measured) is not { } nearest)
        {
            return Judgement.Nothing(SafeText.Of($"{subject.Path} holds no weights to look at"));
        }

        var (start, names, of) = nearest;
        if (names.Count * 2 < of)
        {
            return Judgement.Inconclusive(SafeText.Of($"{start.Path} is not what {subject.Path} started from: {names.Count} of its {SafeText.Count(of, "tensor")} are there under the same name and in the same shape. Name the pretrained model of the same version and sampling rate in the role pretrained"));
        }

        var movement = measured.Compare(subject.Files[0], start, new MovementMeasure(names));
        var frozen = new KeySelection([], options.Frozen);
        var compared = movement.Tensors.Where(t => t.NotFinite == 0 && (t.IsTelling || !t.IsUnmoved)).ToArray();
        var judged = compared.Where(t => options.Frozen.Count == 0 || frozen.Contains(t.Name)).ToArray();
        if (judged.Length == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"no tensor of {subject.Path} is left to compare with {start.Path}, of {SafeText.Count(movement.Tensors.Count, "tensor")}: they are frozen on purpose, one number throughout, or not finite"));
        }

        var unmoved = judged.Where(t => t.IsUnmoved).ToArray();
        var share = (double)unmoved.Length / judged.Length;
        var change = ChangeOf(judged);
        Measurement[] measurements =
        [
            UnmovedTensors.Info.Of(subject.Path, share) with { Required = new(Relation.AtMost, options.Unmoved) },
            WeightChange.Info.Of(subject.Path, change) with { Required = new(Relation.AtLeast, options.Change), Text = SafeText.From(start.FileName) },
            .. Blocks(judged).Take(MostRows).Select(b => WeightChange.Info.Of(subject.Path, ChangeOf(b.Tensors), SafeText.From(b.Name)) with { Text = SafeText.From(b.Name) }),
        ];
        var finding = Find(subject.Path, start.Path, judged, unmoved, share, change, options);
        var allowed = compared.Length - judged.Length is > 0 and var left ? SafeText.Of($"; {left} more may be frozen") : SafeText.Empty;
        return finding is null
            ? Judgement.Of(SafeText.Of($"{subject.Path} has moved from {start.Path}: by {change:0.0## %} of the weights' size, and {unmoved.Length} of {SafeText.Count(judged.Length, "tensor")} are as they were{allowed}"), measurements, [])
            : Judgement.Of(finding.Message, measurements, [finding with { Evidence = [.. measurements.Where(m => m.Required is not null)] }]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        if (Nearest(subject, measured) is not var (start, names, of) || names.Count * 2 < of)
        {
            return [];
        }

        var frozen = new KeySelection([], options.Frozen);
        if (Compare(subject.Files[0], start, names, measured) is not { Tensors: var tensors })
        {
            return [];
        }

        StripCell[] cells = [.. tensors.Select(t => new StripCell(SafeText.From(t.Name), t.Change is > 0 and < double.PositiveInfinity ? Math.Log10(t.Change) : double.NaN, t is { IsUnmoved: true, IsTelling: true } && frozen.Contains(t.Name)))];
        return cells.Length < 2 ? [] : [new StripExhibit(SafeText.Of($"How far the weights of {subject.Path} moved from {start.Path}, tensor by tensor"), "log10 of the relative change", cells)
        {
            Description = SafeText.Of($"{SafeText.Count(cells.Length, "tensor")} in the order of the file; {SafeText.Count(cells.Count(c => c.IsWrong), "is", "are")} still exactly as in the start, and marked"),
        }];
    }

    // What cannot be read to the end was said with the verdict.
    private static WeightMovement? Compare(RoleFile own, RoleFile start, IReadOnlyDictionary<string, string> names, IMeasured measured)
    {
        try
        {
            return measured.Compare(own, start, new MovementMeasure(names));
        }
        catch (Exception fault) when (fault is ArtifactFault or SourceUnavailableException)
        {
            return null;
        }
    }

    private static Finding? Find(string path, string start, TensorMovement[] judged, TensorMovement[] unmoved, double share, double change, Options options)
    {
        if (unmoved.Length == judged.Length)
        {
            return new Finding(SafeText.Of($"{path} is the pretrained model {start} itself: all {SafeText.Count(judged.Length, "tensor")} are equal"))
            {
                Remedy = SafeText.Of($"Export the checkpoint that training wrote: what is here was never trained."),
            };
        }

        if (share > options.Unmoved)
        {
            return new Finding(SafeText.Of($"{unmoved.Length} of {SafeText.Count(judged.Length, "tensor")} of {path} are still exactly those of {start}: {List(judged)}"))
            {
                Remedy = SafeText.Of($"Check that these layers are in the optimizer, that they require a gradient, and that the loss depends on them. Layers that are frozen on purpose are named in the option frozen."),
            };
        }

        return change < options.Change
            ? new Finding(SafeText.Of($"{path} has hardly moved from {start}: by {change:0.0#### %} of the weights' size, and {options.Change:0.0#### %} is the least"))
            {
                Remedy = SafeText.Of($"Train for longer, or look whether the learning rate is that of a fine-tune: so small a change is not heard."),
            }
            : null;
    }

    private static SafeText List(TensorMovement[] judged)
    {
        var blocks = Blocks(judged).Select(b => (b.Name, Unmoved: b.Tensors.Count(t => t.IsUnmoved), b.Tensors.Length)).Where(b => b.Unmoved > 0).OrderByDescending(b => (double)b.Unmoved / b.Length).ThenByDescending(b => b.Unmoved).ToArray();
        return SafeText.Of($"{SafeText.Join(", ", blocks.Take(MostBlocks).Select(b => SafeText.Of($"{SafeText.From(b.Name)} ({(b.Unmoved == b.Length ? SafeText.Of($"all {b.Length}") : SafeText.Of($"{b.Unmoved} of {b.Length}"))})")))}{(blocks.Length > MostBlocks ? SafeText.Of($" and {blocks.Length - MostBlocks} more blocks") : SafeText.Empty)}");
    }

    private static IEnumerable<(string Name, TensorMovement[] Tensors)> Blocks(IReadOnlyCollection<TensorMovement> tensors)
    {
        var shared = WeightBlocks.SharedOf(tensors.Select(t => t.Name));
        return tensors.GroupBy(t => WeightBlocks.Of(t.Name, shared), StringComparer.Ordinal).Select(g => (g.Key, g.ToArray()));
    }

    private static double ChangeOf(IReadOnlyCollection<TensorMovement> tensors) => TensorMovement.RatioOf(tensors.Sum(t => t.SquaredDistance), tensors.Sum(t => t.SquaredStart));

    // Beside a pretrained generator there may be its discriminator, and models of other rates: the one that has most of the tensors is what training started from.
    private static (RoleFile Start, IReadOnlyDictionary<string, string> Names, int Of)? Nearest(Subject subject, IMeasured measured)
    {
        var own = Weights(measured.Of(subject.Files[0], new OutlineMeasure()));
        if (own.Count == 0)
        {
            return null;
        }

        return subject.Of(ArtifactRole.Pretrained).Select(start =>
        {
            var other = Weights(measured.Of(start, new OutlineMeasure()));
            var names = LikeNames.Of([.. own.Keys], [.. other.Keys]).Where(n => own[n.Key].Shape.SequenceEqual(other[n.Value].Shape)).ToDictionary(StringComparer.Ordinal);
            return (start, (IReadOnlyDictionary<string, string>)names, own.Count);
        }).MaxBy(s => s.Item2.Count);
    }

    private static Dictionary<string, TensorEntry> Weights(Checkpoint outline)
        => outline.Weights.Where(w => w.Value.DType is DType.Float64 or DType.Float32 or DType.Float16 or DType.BFloat16 && w.Value.Elements > 0 && !BufferKeys.Is(w.Key)).ToDictionary(StringComparer.Ordinal);
}
