using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>Globs that each match a file in a folder where the trainer wrote; empty where it cannot be recognised.</summary>
    public IReadOnlyList<string> Recognise { get; init => field = value ?? field; } = [];

    /// <summary>
    /// Where the trainer puts what it exports besides the run's folder: globs relative to it, with <c>{name}</c> for the folder's name. They are looked
    /// at where a folder is recognised, and lead at most to where its parents keep exports.
    /// </summary>
    public IReadOnlyList<string> Exports { get; init => field = value ?? field; } = [];

    /// <summary>The configuration of a run whose folder is its own; undefined where the trainer is not a preset.</summary>
    public JsonElement Configuration { get; init; }

    /// <summary>What gates and signals have to know of the files.</summary>
    public TrainerProfile Profile { get; init => field = value ?? field; } = new();

    /// <summary>Lists of Python names that a file of the trainer imports, by the list's name, to be allowed together.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> AllowLists { get; init => field = value ?? field; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

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
