using ModelGate.Artifacts;

namespace ModelGate.Signals.TeamMetrics;

/// <summary>Lists all numbers of a file of metrics.</summary>
internal sealed record MetricListMeasure : ContentMeasure<Metrics, MetricList>
{
    /// <inheritdoc/>
    protected override MetricList Compute(FileStamp file, Metrics content, CancellationToken cancellation)
        => new([.. content.ByName.Select(m => (m.Key, MetricMeasure.Last(m.Value)))]);
}

/// <summary>The numbers of a file of metrics by name, in the order of the file.</summary>
internal sealed record MetricList(IReadOnlyList<(string Name, Reading Reading)> Metrics);
