using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;
using ModelGate.Trainers;

namespace ModelGate.Gates.Weights;

/// <summary>A model beside one that works: names, what both say of themselves, and the statistics of each matrix.</summary>
internal sealed class ReferenceComparison
{
    private const int FewestElements = 16;

    /// <param name="own">The model.</param>
    /// <param name="reference">The model that works.</param>
    /// <param name="measured">What was measured on both.</param>
    public ReferenceComparison(RoleFile own, RoleFile reference, IMeasured measured)
    {
        (Own, Reference) = (own, reference);
        Facts = measured.Of(own, new ModelFactsMeasure());
        ReferenceFacts = measured.Of(reference, new ModelFactsMeasure());
        var (weights, others) = (measured.Of(own, new OutlineMeasure()).Weights, measured.Of(reference, new OutlineMeasure()).Weights);
        Names = LikeNames.Of([.. weights.Keys], [.. others.Keys]);
        var known = Names.Keys.Select(KeyName.Canonical).ToHashSet(StringComparer.Ordinal);
        var knownOthers = Names.Values.Select(KeyName.Canonical).ToHashSet(StringComparer.Ordinal);
        Additional = Unlike(weights, known);
        Missing = Unlike(others, knownOthers);
        OtherShapes = Names.Count(n => !weights[n.Key].Shape.SequenceEqual(others[n.Value].Shape));
        ReferenceTensors = others.Count;
        var statistics = Of(measured.Of(own, new StatisticsMeasure()));
        var otherStatistics = Of(measured.Of(reference, new StatisticsMeasure()));
        Layers =
        [
            .. weights.Where(w => IsMatrix(w.Value) && !BufferKeys.Is(w.Key) && Names.ContainsKey(w.Key) && IsMatrix(others[Names[w.Key]]))
                .Where(w => statistics.ContainsKey(w.Key) && otherStatistics.ContainsKey(Names[w.Key]))
                .Select(w => new LayerDistance(w.Key, statistics[w.Key], otherStatistics[Names[w.Key]])),
        ];
    }

    /// <summary>The model.</summary>
    public RoleFile Own { get; }

    /// <summary>The model that works.</summary>
    public RoleFile Reference { get; }

    /// <summary>What the model says of itself.</summary>
    public ModelFacts Facts { get; }

    /// <summary>What the model that works says of itself.</summary>
    public ModelFacts ReferenceFacts { get; }

    /// <summary>The reference's name of each weight that both have.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>Names that only the model has, in the order of the file.</summary>
    public IReadOnlyList<string> Additional { get; }

    /// <summary>Names that only the reference has, in the order of its file.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>How many weights both have in different shapes.</summary>
    public int OtherShapes { get; }

    /// <summary>How many weights the reference has.</summary>
    public int ReferenceTensors { get; }

    /// <summary>The matrices that both have and that are finite, in the order of the model's file.</summary>
    public IReadOnlyList<LayerDistance> Layers { get; }

    /// <summary>The share of the matrices that are unlike the reference's.</summary>
    public double ShareOf(Func<LayerDistance, bool> isUnlike) => Layers.Count == 0 ? 0 : (double)Layers.Count(isUnlike) / Layers.Count;

    private static string[] Unlike(IReadOnlyDictionary<string, TensorEntry> weights, HashSet<string> known)
        => [.. weights.Keys.Where(n => !known.Contains(KeyName.Canonical(n)) && !BufferKeys.Is(n) && !TrainerCatalogue.Unknown.TrainingOnly.Any(t => n.StartsWith(t, StringComparison.Ordinal)))];

    private static Dictionary<string, TensorStatistics> Of(WeightStatistics statistics)
        => statistics.Tensors.Where(t => t.Statistics is { NaN: 0, Infinite: 0, StandardDeviation: not null }).DistinctBy(t => t.Name).ToDictionary(t => t.Name, t => t.Statistics, StringComparer.Ordinal);

    private static bool IsMatrix(TensorEntry tensor)
        => tensor is { Shape.Count: >= 2, Elements: >= FewestElements } && tensor.Shape[0] != tensor.Elements && tensor.DType is DType.Float64 or DType.Float32 or DType.Float16 or DType.BFloat16;
}
