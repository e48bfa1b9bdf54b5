using System.Text.Json;
using System.Text.Json.Serialization;
using ModelGate.Runs;

namespace ModelGate.Trainers;

/// <summary>What is known of one trainer: a file of this folder, built in.</summary>
/// <remarks>The generated reader sets what the file leaves out to null, so the setters here and in the profiles keep their defaults.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Trainer
{
    /// <summary>The name, which is that of its file: what <c>extends</c> takes.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>What people call it, for sentences.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// What a folder shows in which the trainer wrote, every sign of it; empty where it cannot be recognised. Of several trainers whose signs a folder
    /// shows, the one with the most is taken: where one writes what another writes and more, it states more signs.
    /// </summary>
    public IReadOnlyList<TrainerSign> Recognise { get; init => field = value ?? field; } = [];

    /// <summary>
    /// Other sets of signs, each of which shows the trainer too where <see cref="Recognise"/> does not: what is left of a run whose checkpoints were
    /// deleted or were never copied.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<TrainerSign>> Otherwise { get; init => field = value ?? field; } = [];

    /// <summary>Whether it describes how a trainer lays out its data set, and no run.</summary>
    public bool IsDataSet { get; init; }

    /// <summary>
    /// Where the trainer puts what it exports besides the run's folder: globs relative to it, with <c>{name}</c> for the folder's name. They are looked
    /// at where a folder is recognised, and lead at most to where its parents keep exports.
    /// </summary>
    public IReadOnlyList<string> Exports { get; init => field = value ?? field; } = [];

    /// <summary>
    /// Where the trainer keeps the pretrained generators that a run may start from: globs relative to the run's folder, looked at where a folder is
    /// recognised. Of several, the gate takes the one whose weights have the run's shapes.
    /// </summary>
    public IReadOnlyList<string> Starts { get; init => field = value ?? field; } = [];

    /// <summary>Whether a checkpoint itself is what is used, so that a run without an export is complete.</summary>
    public bool ShipsCheckpoints { get; init; }

    /// <summary>Roles of the configuration whose files a run may lack, such as a data set that lies elsewhere.</summary>
    public IReadOnlyList<string> Optional { get; init => field = value ?? field; } = [];

    /// <summary>The configuration of a run whose folder is its own; undefined where the trainer is not a preset.</summary>
    public JsonElement Configuration { get; init; }

    /// <summary>What gates and signals have to know of the files.</summary>
    public TrainerProfile Profile { get; init => field = value ?? field; } = new();

    /// <summary>Lists of Python names that a file of the trainer imports, by the list's name, to be allowed together.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> AllowLists { get; init => field = value ?? field; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>What the preset says a role's files are not, each with its exclamation mark.</summary>
    public IEnumerable<string> Exclusions(ArtifactRole role)
        => IsPreset && Configuration.TryGetProperty("artifacts", out var artifacts) && artifacts.TryGetProperty(role.Key(), out var said) && said.ValueKind == JsonValueKind.Array
            ? said.EnumerateArray().Select(p => p.GetString()!).Where(p => p.StartsWith('!'))
            : [];

    /// <summary>Whether <c>extends</c> may name it.</summary>
    [JsonIgnore]
    public bool IsPreset => Configuration.ValueKind == JsonValueKind.Object;
}

/// <summary>Reads a trainer's file without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(Trainer))]
internal sealed partial class TrainerJson : JsonSerializerContext;
