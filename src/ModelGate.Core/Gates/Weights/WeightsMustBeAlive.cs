using System.Text.RegularExpressions;
using ModelGate.Architecture.Keys;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Weights;

/// <summary>No matrix of the model or of a checkpoint is all zeros, one number throughout, exploded, or without most of its channels.</summary>
[GateId("MG3002")]
internal sealed partial class WeightsMustBeAlive : Gate<WeightsMustBeAlive.Options>
{
    private const int MostFindings = 20;
    private const int FewestElements = 16;
    private const double MostSubnormal = 0.5;

    /// <summary>What a living tensor looks like.</summary>
    public sealed record Options
    {
        /// <summary>The greatest absolute weight of a matrix; 10000 by default. Those of healthy public models stay below 1000.</summary>
        [Range(1, 1e30)]
        public double Largest { get; init; } = 10_000;

        /// <summary>The share of a matrix's rows, 0 to 1, that may be zeros alone; 0.5 by default.</summary>
        [Range(0, 1)]
        public double DeadRows { get; init; } = 0.5;

        /// <summary>Patterns of names that may look any way, with * and ?; none by default. Embeddings, adapters, masks and buffers that begin at zero need no pattern.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => RolesAnyOf.SelectMany(files.Each).Where(s => s.Files is not [{ } file, ..] || !CheckpointName.Of(file.FileName).SaysState)
            .DistinctBy(s => s.Files.Count > 0 ? s.Path : s.Problem.Value, StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => [new(subject.Files[0], new StatisticsMeasure()), new(subject.Files[0], new LifeMeasure())];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var weights = measured.Of(subject.Files[0], new StatisticsMeasure());
        var matrices = measured.Of(subject.Files[0], new LifeMeasure()).Tensors;
        var finite = weights.Tensors.Where(t => t.Statistics is { NaN: 0, Infinite: 0, Minimum: not null }).ToDictionary(t => t.Name, t => t.Statistics, StringComparer.Ordinal);
        if (weights.Tensors.Count == 0)
        {
            return Judgement.Nothing(SafeText.Of($"{subject.Path} holds no weights to look at"));
        }

        if (finite.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"no tensor of {subject.Path} is finite: there is nothing else to say of its weights"));
        }

        var sick = Sick(matrices, finite, options).ToArray();
        Measurement[] measurements = [DeadChannels.Info.Of(subject.Path, matrices.Sum(m => (double)m.DeadRows))];
        var findings = sick.Take(MostFindings).Select(s => new Finding(s.Message)
        {
            Remedy = SafeText.Of($"Compare with an earlier checkpoint, which of them has it first; a layer that the loss never reaches stays as it was initialized"),
            Evidence = measurements,
        }).ToList();
        if (sick.Length > MostFindings)
        {
            findings.Add(new Finding(SafeText.Of($"and {sick.Length - MostFindings} more tensors")));
        }

        return findings.Count == 0
            ? Judgement.Of(SafeText.Of($"{SafeText.From(matrices.Count == 1 ? "the one matrix" : $"all {matrices.Count} matrices")} of {subject.Path} {SafeText.From(matrices.Count == 1 ? "is" : "are")} alive, in {SafeText.Count(weights.Tensors.Count, "tensor")}"), measurements, [])
            : Judgement.Of(SafeText.Of($"{SafeText.Count(sick.Length, "tensor")} of {weights.Tensors.Count} in {subject.Path} {SafeText.From(sick.Length == 1 ? "does" : "do")} not look trained: {sick[0].Message}"), measurements, findings);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var weights = measured.Of(subject.Files[0], new StatisticsMeasure()).Tensors;
        var finite = weights.Where(t => t.Statistics is { NaN: 0, Infinite: 0, Minimum: not null }).ToDictionary(t => t.Name, t => t.Statistics, StringComparer.Ordinal);
        var sick = Sick(measured.Of(subject.Files[0], new LifeMeasure()).Tensors, finite, options).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var broken = weights.Where(t => !finite.ContainsKey(t.Name)).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        return weights.Count < 2 ? [] : [new StripExhibit(
            SafeText.Of($"Spread of the weights of {subject.Path}, tensor by tensor"),
            "log10 of the standard deviation",
            [.. weights.Select(t => new StripCell(SafeText.From(t.Name), t.Statistics.StandardDeviation is > 0 and var spread ? Math.Log10(spread) : double.NaN, sick.Contains(t.Name) || broken.Contains(t.Name)))])
        {
            Description = SafeText.Of($"{weights.Count} tensors in the order of the file; {SafeText.Count(sick.Count + broken.Count, "is", "are")} marked"),
        }];
    }

    private static IEnumerable<(string Name, SafeText Message)> Sick(IReadOnlyList<TensorLife> matrices, Dictionary<string, TensorStatistics> finite, Options options)
    {
        var selection = new KeySelection([], options.Ignore);
        foreach (var matrix in matrices.Where(m => finite.ContainsKey(m.Name) && selection.Contains(m.Name)))
        {
            var statistics = finite[matrix.Name];
            var (low, high) = (statistics.Minimum!.Value, statistics.Maximum!.Value);
            var largest = Math.Max(Math.Abs(low), Math.Abs(high));
            var name = SafeText.From(matrix.Name);
            if (largest > options.Largest)
            {
                yield return (matrix.Name, SafeText.Of($"{name} has exploded: its weights reach {NumberText.Of(largest)}"));
            }

            if (matrix.Elements < FewestElements || matrix.Rows == matrix.Elements || MayBeZero().IsMatch(matrix.Name))
            {
                continue;
            }

            if (low.Equals(high))
            {
                yield return (matrix.Name, low == 0 ? SafeText.Of($"{name} is zero throughout, {matrix.Elements} elements") : SafeText.Of($"{name} is {NumberText.Of(low)} throughout, {matrix.Elements} elements"));
            }
            else if (matrix.Rows > 1 && matrix.DeadRows > options.DeadRows * matrix.Rows)
            {
                yield return (matrix.Name, SafeText.Of($"{name} has {matrix.DeadRows} of {matrix.Rows} rows that are zero throughout: these channels are dead"));
            }
            else if (matrix.Subnormal > MostSubnormal * matrix.Elements)
            {
                yield return (matrix.Name, SafeText.Of($"{name} has {matrix.Subnormal} of {matrix.Elements} weights that are too small for half precision, which keeps few of their digits"));
            }
        }
    }

    // Rows of an embedding that was never looked up; adapters, and layers that are initialised to zero so that a block begins as the identity; what is no weight.
    [GeneratedRegex(@"(^|[._])(emb|embed\w*|\w*embedding\w*|wte|wpe|shared|lora\w*|hada\w*|adapter\w*|zero_conv\w*|post|\w*mask\w*|running_\w+|position\w*|pos_\w+|pe|cls_token|token|alibi\w*|buffer\w*|window|mel_basis|queue\w*|memory\w*|\w*cache\w*|\w*state\w*|weight_g|original0|mean|std|var)([._\d]|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MayBeZero();
}
