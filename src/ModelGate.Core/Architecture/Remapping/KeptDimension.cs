using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>The one dimension that a magnitude keeps, or none: which norm an element belongs to.</summary>
internal sealed class KeptDimension
{
    private readonly long size = 1;
    private readonly long inner = 1;

    public KeptDimension(IReadOnlyList<long> magnitude, IReadOnlyList<long> direction)
    {
        for (var axis = 0; axis < magnitude.Count; axis++)
        {
            if (magnitude[axis] != 1)
            {
                size = magnitude[axis];
                inner = direction.Skip(axis + 1).Aggregate(1L, (p, s) => p * s);
            }
        }
    }

    public int IndexOf(long element) => (int)(element / inner % size);

    /// <summary>The Euclidean norms of a tensor, one for each index of the kept dimension.</summary>
    public double[] Norms(TensorEntry tensor)
    {
        var sums = new double[checked((int)size)];
        var block = new double[TensorValues.Block];
        for (var first = 0L; first < tensor.Elements; first += block.Length)
        {
            var numbers = block.AsSpan(0, (int)Math.Min(block.Length, tensor.Elements - first));
            TensorValues.Read(tensor, first, numbers);
            for (var i = 0; i < numbers.Length; i++)
            {
                sums[IndexOf(first + i)] += numbers[i] * numbers[i];
            }
        }

        return [.. sums.Select(Math.Sqrt)];
    }
}
