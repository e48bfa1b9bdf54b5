using ModelGate.Artifacts;

namespace ModelGate.Readers.Elements;

/// <summary>The elements of a tensor that is a window over a storage.</summary>
internal sealed class StridedTensorData : ITensorData, IReorderable
{
    // Up to here the part of the storage that a scattered tensor shows is read at once and kept as long as memory is not wanted.
    private const long MostAtOnce = 32 << 20;

    private readonly StorageBytes storage;
    private readonly TensorWindow window;
    private readonly DType type;
    private readonly bool conjugated;
    private readonly bool negated;
    private readonly bool contiguous;
    private readonly int item;
    private WeakReference<byte[]>? kept;

    /// <summary>Shows a window over a storage.</summary>
    public StridedTensorData(StorageBytes storage, TensorWindow window, DType type, bool conjugated, bool negated)
    {
        (this.storage, this.window, this.type, this.conjugated, this.negated) = (storage, window, type, conjugated, negated);
        contiguous = window.IsContiguous();
        item = type.ItemSize();
    }

    /// <inheritdoc/>
    public long Position => storage.Position(window.Offset * item);

    /// <inheritdoc/>
    public long Distinct => window.Distinct;

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        var wanted = destination.Length / item;
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, window.Elements - wanted);
        if (wanted == 0)
        {
            return;
        }

        if (contiguous)
        {
            storage.Read((window.Offset + first) * item, destination);
        }
        else if ((window.Span + 1) * item <= MostAtOnce)
        {
            Gather(first, destination, Whole(), window.Offset);
        }
        else
        {
            GatherPaged(first, destination);
        }

        Signs.Apply(destination, type, conjugated, negated);
    }

    /// <inheritdoc/>
    public Reordered InStorageOrder()
    {
        if (contiguous && window.Elements > 0)
        {
            return new Reordered(this, window.Elements, 1);
        }

        var (ordered, repeats) = window.InStorageOrder();
        return new Reordered(new StridedTensorData(storage, ordered, type, conjugated, negated), ordered.Elements, repeats);
    }

    /// <inheritdoc/>
    public bool IsExpanded(int dimension) => window.IsExpanded(dimension);

    /// <inheritdoc/>
    public Reordered AtFirst(IReadOnlyCollection<int> dimensions)
    {
        var first = window.AtFirst(dimensions);
        return new Reordered(new StridedTensorData(storage, first, type, conjugated, negated), first.Elements, first.Elements == 0 ? 1 : window.Elements / first.Elements);
    }

    private byte[] Whole()
    {
        if (kept is not null && kept.TryGetTarget(out var bytes))
        {
            return bytes;
        }

        bytes = GC.AllocateUninitializedArray<byte>((int)((window.Span + 1) * item));
        storage.Read(window.Offset * item, bytes);
        kept = new WeakReference<byte[]>(bytes);
        return bytes;
    }

    private void Gather(long first, Span<byte> destination, ReadOnlySpan<byte> bytes, long bytesBegin)
    {
        Span<long> index = stackalloc long[window.Shape.Length];
        var at = window.Locate(first, index) - bytesBegin;
        for (var to = 0; to < destination.Length; to += item)
        {
            bytes.Slice((int)at * item, item).CopyTo(destination[to..]);
            at = Next(index, at);
        }
    }

    private void GatherPaged(long first, Span<byte> destination)
    {
        Span<long> index = stackalloc long[window.Shape.Length];
        var pages = new StoragePages(storage);
        var at = window.Locate(first, index);
        for (var to = 0; to < destination.Length; to += item)
        {
            pages.Read(at * item, destination.Slice(to, item));
            at = Next(index, at);
        }
    }

    private long Next(Span<long> index, long at)
    {
        for (var d = index.Length - 1; d >= 0; d--)
        {
            at += window.Strides[d];
            if (++index[d] < window.Shape[d])
            {
                break;
            }

            at -= window.Strides[d] * window.Shape[d];
            index[d] = 0;
        }

        return at;
    }
}
