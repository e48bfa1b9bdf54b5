using System.Text.Json.Serialization;
using ModelGate.Artifacts;

namespace ModelGate.Trainers;

/// <summary>What gates and signals have to know of a trainer's files: how its series are named and bounded, and which names mean something else there.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TrainerProfile
{
    /// <summary>The formats of logs that this trainer alone writes, such as <c>rvc-log</c>.</summary>
    public IReadOnlyList<string> LogFormats { get; init => field = value ?? field; } = [];

    /// <summary>The series that shows whether training converges; null where none is known.</summary>
    public string? Loss { get; init; }

    /// <summary>How often the trainer logs; null where it is not known, or each step is logged.</summary>
    public LogInterval? LogInterval { get; init; }

    /// <summary>The series that something is known of, by the name that options use.</summary>
    public IReadOnlyDictionary<string, SeriesProfile> Series { get; init => field = value ?? field; } = new Dictionary<string, SeriesProfile>(StringComparer.Ordinal);

    /// <summary>Numbers that a checkpoint's name carries in place of a step where only the latest checkpoint is kept.</summary>
    public IReadOnlyList<long> LatestOnly { get; init => field = value ?? field; } = [];

    /// <summary>Beginnings of the names of weights that only training needs and an export leaves out.</summary>
    public IReadOnlyList<string> TrainingOnly { get; init => field = value ?? field; } = [];

    /// <summary>What is known of a series by its name or one of its aliases; an empty profile where nothing is.</summary>
    public SeriesProfile SeriesOf(string name)
        => Series.TryGetValue(name, out var known)
            ? known
            : Series.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value).FirstOrDefault(s => s.Aliases.Contains(name, StringComparer.Ordinal)) ?? SeriesProfile.Unknown;

    /// <summary>The series of a log by its name, or by an alias where the log knows it under that name; null where the log has none of them.</summary>
    public ScalarSeries? Find(TrainingLog log, string name)
        => SeriesOf(name).Aliases.Prepend(name).Select(n => log.Series.FirstOrDefault(s => s.Name == n)).FirstOrDefault(s => s is not null);
}

/// <summary>The steps from one logged point to the next: a hyperparameter of the run.</summary>
/// <param name="Hyperparameter">The hyperparameter's dotted path.</param>
/// <param name="Otherwise">Its usual value, for logs that do not state it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LogInterval(string Hyperparameter, long Otherwise)
{
    /// <summary>The interval of a run with these hyperparameters.</summary>
    public long Of(IReadOnlyDictionary<string, MetadataValue> hyperparameters)
        => hyperparameters.GetValueOrDefault(Hyperparameter) is MetadataValue.Integer { Value: > 0 } stated ? stated.Value : Otherwise;
}
