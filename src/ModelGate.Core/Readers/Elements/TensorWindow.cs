namespace ModelGate.Readers.Elements;

/// <summary>Which elements of a storage a tensor shows, in which order.</summary>
/// <param name="Offset">The first element's index.</param>
/// <param name="Shape">The sizes of the dimensions.</param>
/// <param name="Strides">Elements from one index to the next in each dimension.</param>
internal sealed record TensorWindow(long Offset, long[] Shape, long[] Strides)
{
    /// <summary>The product of the sizes.</summary>
    public long Elements { get; } = Product(Shape);

    /// <summary>The highest index relative to the offset.</summary>
    public long Span { get; } = SpanOf(Shape, Strides);

    /// <summary>Whether the elements follow one another in the storage.</summary>
    public bool IsContiguous()
    {
        var expected = 1L;
        for (var i = Shape.Length - 1; i >= 0; i--)
        {
            if (Shape[i] != 1 && Strides[i] != expected)
            {
                return Elements == 0;
            }

            expected *= Shape[i];
        }

        return true;
    }

    /// <summary>The same elements, each once, in the order of the storage; and how often the tensor shows each of them.</summary>
    public (TensorWindow Window, long Repeats) InStorageOrder()
    {
        var kept = Enumerable.Range(0, Shape.Length).Where(i => Strides[i] != 0 && Shape[i] != 1).OrderByDescending(i => Strides[i]).ToArray();
        var repeats = Enumerable.Range(0, Shape.Length).Where(i => Strides[i] == 0).Aggregate(1L, (product, i) => product * Shape[i]);
        return (new TensorWindow(Offset, [.. kept.Select(i => Shape[i])], [.. kept.Select(i => Strides[i])]), repeats);
    }

    /// <summary>Whether a dimension repeats the elements of the others.</summary>
    public bool IsExpanded(int dimension) => Strides[dimension] == 0 && Shape[dimension] > 1;

    /// <summary>How many elements there are where every expanded dimension counts once.</summary>
    public long Distinct
    {
        get
        {
            var product = 1L;
            for (var i = 0; i < Shape.Length; i++)
            {
                product *= IsExpanded(i) ? 1 : Shape[i];
            }

            return product;
        }
    }

    /// <summary>The elements at the first index of some dimensions, in the order of the others.</summary>
    public TensorWindow AtFirst(IReadOnlyCollection<int> dimensions)
        => new(Offset, [.. Shape.Select((size, i) => dimensions.Contains(i) ? 1 : size)], Strides);

    /// <summary>The storage index of an element, and each dimension's index.</summary>
    public long Locate(long element, Span<long> index)
    {
        var at = Offset;
        for (var i = Shape.Length - 1; i >= 0; i--)
        {
            index[i] = element % Shape[i];
            element /= Shape[i];
            at += index[i] * Strides[i];
        }

        return at;
    }

    private static long Product(long[] shape)
    {
        var product = 1L;
        foreach (var size in shape)
        {
            product *= size;
        }

        return product;
    }

    private static long SpanOf(long[] shape, long[] strides)
    {
        var span = 0L;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 0)
            {
                return 0;
            }

            var reach = (shape[i] - 1) * strides[i];
            span = checked(span + reach);
        }

        return span;
    }
}
