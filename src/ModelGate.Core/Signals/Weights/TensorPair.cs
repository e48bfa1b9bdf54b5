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
    // More than any two tensors hold that are not made to be dear.
    private const int MostRepetition = 16;
    private const long AlwaysCompared = 1 << 24;

    /// <summary>Pairs two tensors of the same shape whose elements lie in their files.</summary>
    /// <exception cref="ArtifactFault">Reason <c>limit</c>: each shows few elements so many times that comparing them has no end.</exception>
    public static TensorPair Of(TensorEntry left, TensorEntry right)
    {
        int[] both = left is { Elements: > 0, Data: IReorderable a } && right.Data is IReorderable b
            ? [.. Enumerable.Range(0, left.Shape.Count).Where(d => a.IsExpanded(d) && b.IsExpanded(d))]
            : [];
        var (first, second) = (AtFirst(left, both), AtFirst(right, both));
        return IsEndless(left, first.Elements) || IsEndless(right, second.Elements)
            ? throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"{left.Name} shows few elements as {left.Elements}, and so many are not compared"))
            : new TensorPair(first.Data, second.Data, first.Elements, first.Repeats);
    }

    /// <summary>Whether a tensor shows what it holds so many times that nobody should read, compute or write all of it.</summary>
    public static bool IsEndless(TensorEntry tensor) => IsEndless(tensor, tensor.Elements);

    private static bool IsEndless(TensorEntry tensor, long elements)
        => tensor.Data is IReorderable window && elements > AlwaysCompared && elements / MostRepetition > window.Distinct;

    private static Reordered AtFirst(TensorEntry tensor, int[] dimensions)
        => dimensions.Length == 0 ? new Reordered(tensor.Data!, tensor.Elements, 1) : ((IReorderable)tensor.Data!).AtFirst(dimensions);
}
