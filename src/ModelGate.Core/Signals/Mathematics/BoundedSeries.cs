using System.Runtime.InteropServices;

namespace ModelGate.Signals.Mathematics;

/// <summary>Keeps numbers of a stream for medians and quantiles. Of more than it may hold it keeps every second, then every fourth, and so on.</summary>
/// <param name="most">The most numbers that are held: a power of two.</param>
internal sealed class BoundedSeries(int most)
{
    private readonly List<double> values = [];
    private long stride = 1;
    private long count;

    /// <summary>The numbers that are held, in their order.</summary>
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(values);

    /// <summary>Takes the next number.</summary>
    public void Add(double value)
    {
        if (count++ % stride != 0)
        {
            return;
        }

        if (values.Count == most)
        {
            for (var i = 0; i < most / 2; i++)
            {
                values[i] = values[2 * i];
            }

            values.RemoveRange(most / 2, most - (most / 2));
            stride *= 2;
        }

        values.Add(value);
    }
}
