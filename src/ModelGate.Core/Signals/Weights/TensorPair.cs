using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals.Weights;

/// <summary>Two tensors of one shape as they are compared: what both repeat is read once.</summary>
/// <param name="Left">The elements of the first.</param>
/// <param name="Right">Those of the second, in the same order.</param>
/// <param name="Elements">How many are compared.</param>
/// <param name="Repeats">How often each pair occurs.</param>
internal sealed record TensorPair(ITensorData Left, ITensorData Right, long Elements, long Repeats)
{
    /// <summary>Pairs two tensors of the same shape whose elements lie in their files.</summary>
    /// <exception cref="ArtifactFault">Reason <c>limit</c>: each shows few elements so many times that comparing them has no end.</exception>
    public static TensorPair Of(TensorEntry left, TensorEntry right)
    {
        int[] both = left is { Elements: > 0, Data: IReorderable a } && right.Data is IReorderable b
            ? [.. Enumerable.Range(0, left.Shape.Count).Where(d => a.IsExpanded(d) && b.IsExpanded(d))]
            : [];
        var (first, second) = (AtFirst(left, both), AtFirst(right, both));
        return left.IsEndlessAt(first.Elements) || right.IsEndlessAt(second.Elements)
            ? throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"{left.Name} shows few elements as {left.Elements}, and so many are not compared"))
            : new TensorPair(first.Data, second.Data, first.Elements, first.Repeats);
    }

    private static Reordered AtFirst(TensorEntry tensor, int[] dimensions)
        => dimensions.Length == 0 ? new Reordered(tensor.Data!, tensor.Elements, 1) : ((IReorderable)tensor.Data!).AtFirst(dimensions);
}
