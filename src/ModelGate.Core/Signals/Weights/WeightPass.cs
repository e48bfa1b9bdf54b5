using System.Buffers;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>The one pass over a file's tensors: each is read once, in the order of the file, and every meter that wants it listens.</summary>
internal static class WeightPass
{
    // Fits a second-level cache together with what meters make of it.
    private const int BlockBytes = 256 << 10;

    /// <summary>Runs meters over the tensors.</summary>
    /// <returns>What each gave, in their order.</returns>
    /// <exception cref="Faults.ArtifactFault">A tensor cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static IReadOnlyList<object> Run(Checkpoint checkpoint, IReadOnlyList<WeightMeter> meters, CancellationToken cancellation)
    {
        var names = new Dictionary<TensorEntry, string>(ReferenceEqualityComparer.Instance);
        foreach (var (name, tensor) in checkpoint.Weights)
        {
            names.TryAdd(tensor, name);
        }

        foreach (var tensor in checkpoint.Tensors.Where(t => t.Data is not null).OrderBy(t => t.Data!.Position))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = names.GetValueOrDefault(tensor);
            var listeners = meters.Where(m => m.Wants(name, tensor)).ToArray();
            if (listeners.Length > 0)
            {
                Read(name, tensor, listeners, cancellation);
            }
        }

        return [.. meters.Select(m => m.Finish())];
    }

    /// <summary>The dimensions of a tensor that only repeat elements, of which the pass shows the first index.</summary>
    public static int[] Expanded(TensorEntry tensor)
        => tensor is { Elements: > 0, Data: IReorderable window } ? [.. Enumerable.Range(0, tensor.Shape.Count).Where(window.IsExpanded)] : [];

    private static void Read(string? name, TensorEntry tensor, WeightMeter[] meters, CancellationToken cancellation)
    {
        var (data, elements, repeats) = meters.Any(m => m.NeedsOrder)
            ? Expanded(tensor) is { Length: > 0 } expanded ? ((IReorderable)tensor.Data!).AtFirst(expanded) : new Reordered(tensor.Data!, tensor.Elements, 1)
            : tensor.Elements > 0 && tensor.Data is IReorderable reorderable
            ? reorderable.InStorageOrder()
            : new Reordered(tensor.Data!, tensor.Elements, 1);
        foreach (var meter in meters)
        {
            meter.Begin(name, tensor, repeats);
        }

        var item = tensor.DType.ItemSize();
        var atOnce = Math.Max(1, BlockBytes / item);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(elements, atOnce) * item);
        try
        {
            for (var first = 0L; first < elements; first += atOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                var block = buffer.AsSpan(0, (int)Math.Min(atOnce, elements - first) * item);
                data.CopyElements(first, block);
                foreach (var meter in meters)
                {
                    meter.Add(first, block);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        foreach (var meter in meters)
        {
            meter.End();
        }
    }
}
