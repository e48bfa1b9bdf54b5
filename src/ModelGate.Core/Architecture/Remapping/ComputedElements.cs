using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>Elements that are computed block by block and rounded to the tensor's type.</summary>
/// <param name="type">The type to round to.</param>
/// <param name="compute">Fills a block of numbers, given the index of its first.</param>
internal sealed class ComputedElements(DType type, Action<long, Memory<double>> compute) : ITensorData
{
    public void CopyElements(long first, Span<byte> destination)
    {
        var item = type.ItemSize();
        var numbers = new double[Math.Min(TensorValues.Block, destination.Length / item)];
        for (var done = 0; done < destination.Length / item;)
        {
            var block = numbers.AsMemory(0, Math.Min(numbers.Length, (destination.Length / item) - done));
            compute(first + done, block);
            TensorValues.Encode(type, block.Span, destination.Slice(done * item, block.Length * item));
            done += block.Length;
        }
    }
}
