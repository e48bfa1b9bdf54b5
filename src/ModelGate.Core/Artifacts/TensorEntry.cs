namespace ModelGate.Artifacts;

/// <summary>One tensor of a checkpoint: its description, and its elements where the file holds them.</summary>
/// <param name="Name">The dotted path from the file's root: <c>optimizer.state.0.exp_avg</c>. Text from the file.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes of the dimensions, empty for a scalar.</param>
/// <param name="Elements">The product of the sizes.</param>
/// <param name="Data">The elements; null where the file holds none (a meta tensor, skipped data).</param>
internal sealed record TensorEntry(string Name, DType DType, IReadOnlyList<long> Shape, long Elements, ITensorData? Data)
{
    // More than any tensor repeats that is not made to be dear.
    private const int MostRepetition = 16;
    private const long AlwaysRead = 1 << 24;

    /// <summary>Whether it shows what it holds so many times that nobody should compute with all of it, or write it.</summary>
    public bool IsEndless => IsEndlessAt(Elements);

    /// <summary>Whether so many elements are too many for what it holds.</summary>
    public bool IsEndlessAt(long elements) => Data is IReorderable window && elements > AlwaysRead && elements / MostRepetition > window.Distinct;
}
