namespace ModelGate.Artifacts;

/// <summary>Elements of a window over a storage: it may show them in another order than theirs, and some of them many times.</summary>
internal interface IReorderable
{
    /// <summary>How many elements are read to see all of the tensor: those that an expanded dimension repeats count once.</summary>
    long Distinct { get; }

    /// <summary>The same elements, each once, in the order in which they lie in the file: for sums, which do not care.</summary>
    Reordered InStorageOrder();

    /// <summary>Whether an index of a dimension makes no difference, because it is expanded: all of them show the same elements.</summary>
    bool IsExpanded(int dimension);

    /// <summary>The elements at the first index of some of the expanded dimensions, in row-major order of the others.</summary>
    /// <param name="dimensions">The dimensions.</param>
    Reordered AtFirst(IReadOnlyCollection<int> dimensions);
}

/// <summary>Elements that stand for all of a tensor.</summary>
/// <param name="Data">The elements.</param>
/// <param name="Elements">How many there are.</param>
/// <param name="Repeats">How often the tensor shows each of them (an expanded tensor shows one element many times).</param>
internal sealed record Reordered(ITensorData Data, long Elements, long Repeats);
