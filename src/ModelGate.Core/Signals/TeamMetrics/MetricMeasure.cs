using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Signals.TeamMetrics;

/// <summary>Looks up a number of a team's own by its name.</summary>
/// <param name="Name">The column of a table, or the dotted path of a member. Behind a name that has several values, <c>.0</c> is the first of them.</param>
internal sealed record MetricMeasure(string Name) : ContentMeasure<Metrics, MetricResult>
{
    // So many names are compared with one that is not there.
    private const int MostCandidates = 10_000;

    /// <inheritdoc/>
    protected override MetricResult Compute(FileStamp file, Metrics content, CancellationToken cancellation)
        => new(content.ByName.TryGetValue(Name, out var metric) ? Last(metric) : Item(content) is { } value ? new Reading(default, value) : new Reading(default, null, Why(content)));

    /// <summary>The value that counts of a metric.</summary>
    public static Reading Last(Metric metric)
        => new(default, metric.Value, metric.Values.Count > 1 ? SafeText.Of($"the last of {metric.Values.Count} values") : SafeText.Empty);

    private double? Item(Metrics content)
    {
        var dot = Name.LastIndexOf('.');
        return dot > 0 && int.TryParse(Name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && content.ByName.TryGetValue(Name[..dot], out var metric) && index < metric.Values.Count
            ? metric.Values[index]
            : null;
    }

    private SafeText Why(Metrics content)
        => content.Others.TryGetValue(Name, out var what) && what == Metrics.DecimalComma ? SafeText.Of($"its numbers have a decimal comma: write them with a point")
            : what is not null ? SafeText.Of($"there it holds {what}, not a number")
            : NearestName.Of(Name, content.ByName.Keys.Take(MostCandidates)) is { } nearest ? SafeText.Of($"the nearest name is \"{nearest}\"")
            : SafeText.Of($"it has {SafeText.Join(", ", content.ByName.Keys.Take(5).Select(n => SafeText.From(n, 60)))}{(content.ByName.Count > 5 ? " and others" : "")}");
}

/// <summary>What a file of metrics says of one name.</summary>
/// <param name="Reading">The value; or why there is none.</param>
internal sealed record MetricResult(Reading Reading);
