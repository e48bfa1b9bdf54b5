using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelGate.ModelRuns;

/// <summary>What <c>modelgate-torch run</c> reads on its standard input: a model, and what to do with it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Steps">What is done with it, in this order.</param>
internal sealed record ModelRunRequest(RequestedModel Model, IReadOnlyList<ModelRunStep> Steps)
{
    /// <summary>The version of the protocol that this program speaks.</summary>
    public const int Version = 1;

    /// <summary>The version of the protocol.</summary>
    public int Protocol { get; init; } = Version;

    /// <summary>How many threads compute.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>A model that is run.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="Format">How it is run.</param>
internal sealed record RequestedModel(string Path, ModelRunFormat Format)
{
    /// <summary>The container of the weights that is meant; null where the reader chooses.</summary>
    public string? StateDict { get; init; }

    /// <summary>What the weights are loaded into; null where the file says it, or is a program by itself.</summary>
    public RequestedArchitecture? Architecture { get; init; }
}

/// <summary>What weights are loaded into: a family that the process knows, or a module of an assembly.</summary>
internal sealed record RequestedArchitecture
{
    /// <summary>The family: hifi-gan, bigvgan or rvc.</summary>
    public string? Family { get; init; }

    /// <summary>The trainer's config.json, as a full path.</summary>
    public string? Config { get; init; }

    /// <summary>A well-known set of hyperparameters, for what no file says.</summary>
    public string? Variant { get; init; }

    /// <summary>The assembly that holds a module, as a full path.</summary>
    public string? Assembly { get; init; }

    /// <summary>The module's type, with its namespace.</summary>
    public string? Type { get; init; }

    /// <summary>The constructor's arguments by name: an object.</summary>
    public JsonElement? Arguments { get; init; }
}

/// <summary>How a model is run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelRunFormat>))]
internal enum ModelRunFormat
{
    /// <summary>Weights, which an architecture takes.</summary>
    [JsonStringEnumMemberName("weights")]
    Weights,

    /// <summary>A TorchScript program.</summary>
    [JsonStringEnumMemberName("torchscript")]
    TorchScript,

    /// <summary>An ONNX graph.</summary>
    [JsonStringEnumMemberName("onnx")]
    Onnx,
}
