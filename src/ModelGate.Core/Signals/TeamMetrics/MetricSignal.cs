using ModelGate.Runs;

namespace ModelGate.Signals.TeamMetrics;

/// <summary>A number of a team's own, which its file names: there is one for every name, and so none in the catalogue.</summary>
/// <param name="name">The column of a table, or the dotted path of a member: <c>eval.wer</c>.</param>
internal sealed class MetricSignal(string name) : Signal
{
    /// <inheritdoc/>
    public override SignalInfo Description { get; } = Describe(name);

    /// <inheritdoc/>
    public override Measure Source { get; } = new MetricMeasure(name);

    /// <summary>What is known of a metric: its name.</summary>
    public static SignalInfo Describe(string name)
        => new(SafeText.From(name, int.MaxValue).Value, "", MeasuredOn.Metrics, Better.None, 1, "A number of the team's own.", "Read from a file of metrics, which says nothing of its definition.");

    /// <inheritdoc/>
    public override IEnumerable<Reading> Read(object result) => [((MetricResult)result).Reading];
}
