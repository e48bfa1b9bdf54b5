using System.Text.Json.Serialization;
using ModelGate.Artifacts;

namespace ModelGate.Trainers;

/// <summary>What is known of one series of a trainer's logs.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeriesProfile
{
    /// <summary>A series that nothing is known of.</summary>
    public static SeriesProfile Unknown { get; } = new();

    /// <summary>Other names of the series, in other logs of the same trainer.</summary>
    public IReadOnlyList<string> Aliases { get; init => field = value ?? field; } = [];

    /// <summary>The values at which releases of the trainer cut the series off.</summary>
    public IReadOnlyList<double> Clamps { get; init => field = value ?? field; } = [];

    /// <summary>The level that a good run stays under; null where none is known.</summary>
    public SeriesCeiling? Ceiling { get; init; }
}

/// <summary>A level that depends on how the run was set up: a factor times a hyperparameter that the log states.</summary>
/// <param name="Times">The factor.</param>
/// <param name="Hyperparameter">The hyperparameter's dotted path; null where the factor is the level itself.</param>
/// <param name="Otherwise">Its usual value, for logs that do not state a positive number.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeriesCeiling(double Times, string? Hyperparameter = null, double Otherwise = 1)
{
    /// <summary>The level for a run with these hyperparameters.</summary>
    public double Of(IReadOnlyDictionary<string, MetadataValue> hyperparameters)
    {
        var value = Hyperparameter is null ? Otherwise : hyperparameters.GetValueOrDefault(Hyperparameter) switch
        {
            MetadataValue.Integer integer => integer.Value,
            MetadataValue.Real real => real.Value,
            _ => Otherwise,
        };
        return Times * (double.IsFinite(value) && value > 0 ? value : Otherwise);
    }
}
