using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals.Weights;

/// <summary>Which container of a checkpoint is judged, and whether that can be told at all.</summary>
internal static class StateDictChoice
{
    private const int BlockElements = 1 << 15;

    /// <summary>The checkpoint with the container that the configuration chooses; as it is where the file has none of that path.</summary>
    public static Checkpoint Choose(Checkpoint checkpoint, string? chosen)
        => chosen is not null && checkpoint.Tensors.Any(t => t.Name.StartsWith(chosen + ".", StringComparison.Ordinal)) ? checkpoint with { StateDict = chosen, Rivals = [] } : checkpoint;

    /// <summary>Why it cannot be told: another container fits as well and holds something else. Null where it can.</summary>
    /// <exception cref="ArtifactFault">A tensor cannot be read.</exception>
    public static ArtifactFault? Ambiguity(Checkpoint checkpoint, CancellationToken cancellation)
    {
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
