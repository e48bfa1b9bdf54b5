using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals.Checkpoints;

/// <summary>Which container of a checkpoint is judged, and whether that can be told at all.</summary>
internal static class StateDictChoice
{
    private const int BlockElements = 1 << 15;
    private const int MostContainers = 12;

    /// <summary>The checkpoint with the container that the configuration chooses; as it is where the file has none of that path.</summary>
    public static Checkpoint Choose(Checkpoint checkpoint, string? chosen)
        => chosen is not null && Has(checkpoint, chosen) ? checkpoint with { StateDict = chosen, Rivals = [] } : checkpoint;

    /// <summary>Whether a checkpoint has tensors in a container.</summary>
    public static bool Has(Checkpoint checkpoint, string container) => checkpoint.Tensors.Any(t => t.Name.StartsWith(container + ".", StringComparison.Ordinal));

    /// <summary>The containers of a checkpoint that could be chosen; none where its weights are in the root.</summary>
    public static IReadOnlyList<string> Containers(Checkpoint checkpoint)
        => checkpoint.StateDict.Length == 0 ? [] : [.. WeightSets.Of(checkpoint, t => t).Select(s => s.Path).Concat(checkpoint.Rivals).Distinct(StringComparer.Ordinal).Take(MostContainers)];

    /// <summary>Containers for a sentence.</summary>
    public static SafeText List(IReadOnlyList<string> containers)
        => containers.Count == 0 ? SafeText.Of($"its weights in the root") : SafeText.Join(", ", containers.Select(c => SafeText.From(c)));

    /// <summary>Why it cannot be told: another container fits as well and holds something else. Null where it can.</summary>
    /// <exception cref="ArtifactFault">A tensor cannot be read.</exception>
    public static ArtifactFault? Ambiguity(Checkpoint checkpoint, CancellationToken cancellation, string? chosen = null)
    {
        if (chosen is not null && !Has(checkpoint, chosen) && checkpoint.StateDict != chosen)
        {
            return new ArtifactFault(FaultReason.UnknownStateDict, SafeText.Of($"the configuration chooses the container \"{chosen}\", and the file has {List(Containers(checkpoint))}"));
        }

        var different = checkpoint.Rivals.Where(r => Differs(checkpoint.Weights, checkpoint.In(r), cancellation)).ToArray();
        return different.Length == 0
            ? null
            : new ArtifactFault(FaultReason.SeveralStateDicts, SafeText.Of(
                $"its weights could be {SafeText.Join(" or ", [SafeText.From(checkpoint.StateDict), .. different.Select(d => SafeText.From(d))])}, which differ, and a loader may take either: choose one with \"stateDict\": \"{checkpoint.StateDict}\" in the configuration"));
    }

    private static bool Differs(IReadOnlyDictionary<string, TensorEntry> weights, IReadOnlyDictionary<string, TensorEntry> rival, CancellationToken cancellation)
        => weights.Count != rival.Count || weights.Any(w => !rival.TryGetValue(w.Key, out var other) || other.DType != w.Value.DType || !other.Shape.SequenceEqual(w.Value.Shape) || !Equal(w.Value, other, cancellation));

    private static bool Equal(TensorEntry one, TensorEntry other, CancellationToken cancellation)
    {
        if (one.Data is null || other.Data is null)
        {
            return ReferenceEquals(one.Data, other.Data);
        }

        var item = one.DType.ItemSize();
        var (left, right) = (new byte[Math.Min(one.Elements, BlockElements) * item], new byte[Math.Min(one.Elements, BlockElements) * item]);
        for (var first = 0L; first < one.Elements; first += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = (int)Math.Min(BlockElements, one.Elements - first) * item;
            one.Data.CopyElements(first, left.AsSpan(0, length));
            other.Data.CopyElements(first, right.AsSpan(0, length));
            if (!left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }
}
