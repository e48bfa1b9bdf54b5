using ModelGate.Artifacts;
using ModelGate.Bytes;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Gathers the values of a file by name, in the order of first appearance.</summary>
internal sealed class MetricSeries(ReadBudget budget)
{
    private readonly Dictionary<string, List<double>> values = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private int count;

    /// <summary>Whether the file held no number.</summary>
    public bool IsEmpty => count == 0;

    /// <summary>Adds a value.</summary>
    /// <param name="offset">Where it stands in the file.</param>
    public void Add(string name, double value, long? offset)
    {
        ReadBudget.Require(++count, budget.Limits.MetricValues, nameof(ReadLimits.MetricValues), "the number of metric values", offset);
        if ((count & 0xFFF) == 0)
        {
            budget.Checkpoint();
        }

        if (!values.TryGetValue(name, out var series))
        {
            values.Add(name, series = []);
            order.Add(name);
        }

        series.Add(value);
    }

    /// <summary>What was gathered.</summary>
    public IReadOnlyList<Metric> ToList() => [.. order.Select(name => new Metric(name, values[name]))];
}
