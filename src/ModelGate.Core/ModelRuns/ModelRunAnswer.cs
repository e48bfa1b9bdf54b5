using System.Text.Json.Serialization;

namespace ModelGate.ModelRuns;

/// <summary>A line of <c>modelgate-torch run</c>: what a step came to. Only the members of its step are there.</summary>
/// <remarks>It comes from a process that ran something: its texts are shown as <see cref="SafeText"/> only, and its numbers may be anything.</remarks>
internal sealed record ModelRunAnswer
{
    /// <summary>The step, counted from 0.</summary>
    public required int Step { get; init; }

    /// <summary>Whether it could be done.</summary>
    public required bool Ok { get; init; }

    /// <summary>Why it could not be done: one sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it could not be done because the model itself, a program, failed while it ran; null or false where the fault may be another's.</summary>
    public bool? IsOfProgram { get; init; }

    /// <summary>Of keys: the architecture's names and shapes.</summary>
    public IReadOnlyList<NamedShape>? Keys { get; init; }

    /// <summary>Of load: how many numbers were loaded.</summary>
    public long? Parameters { get; init; }

    /// <summary>Of load: how many tensors were loaded.</summary>
    public int? Tensors { get; init; }

    /// <summary>Of load: keys of the architecture that the file lacks.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Of load: keys of the file that the architecture does not have.</summary>
    public IReadOnlyList<string>? Unexpected { get; init; }

    /// <summary>Of load: keys whose shapes differ.</summary>
    public IReadOnlyList<UnequalShape>? Shapes { get; init; }

    /// <summary>Whether what was loaded and the architecture have the same keys with the same shapes.</summary>
    [JsonIgnore]
    public bool IsStrict => Missing is not { Count: > 0 } && Unexpected is not { Count: > 0 } && Shapes is not { Count: > 0 };

    /// <summary>Of load: how the file spells weight norm: weight_norm, parametrized or removed.</summary>
    public string? Spelling { get; init; }

    /// <summary>Of load: the family that the weights went into.</summary>
    public string? Family { get; init; }

    /// <summary>Of load: the set of hyperparameters.</summary>
    public string? Variant { get; init; }

    /// <summary>Of load: samples for each input frame.</summary>
    public int? Hop { get; init; }

    /// <summary>Of load and synthesize: in hertz.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Of run and synthesize: what came out.</summary>
    public IReadOnlyList<RunOutput>? Outputs { get; init; }

    /// <summary>Of run: how far the outputs are from the expected ones; null where none are given.</summary>
    public OutputDifference? Difference { get; init; }

    /// <summary>Of run: the shape that the first output should have; null where nobody knows.</summary>
    public IReadOnlyList<long>? ExpectedShape { get; init; }

    /// <summary>Of synthesize: how many samples were written.</summary>
    public long? Samples { get; init; }

    /// <summary>Of synthesize: the file.</summary>
    public string? Output { get; init; }

    /// <summary>How long the step took.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of time: how much audio a run made, in seconds; null for a model that makes none.</summary>
    public double? AudioSeconds { get; init; }

    /// <summary>Of time: the seconds of each counted run.</summary>
    public IReadOnlyList<double>? Runs { get; init; }

    /// <summary>Of time: processor, threads and library.</summary>
    public string? Machine { get; init; }
}

/// <summary>A key and its shape.</summary>
internal sealed record NamedShape(string Name, IReadOnlyList<long> Shape);

/// <summary>A key whose shape is not the architecture's.</summary>
internal sealed record UnequalShape(string Name, IReadOnlyList<long> Expected, IReadOnlyList<long> Found);

/// <summary>A tensor that came out of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Finite">Whether every element is a finite number.</param>
/// <param name="Minimum">The least finite element; null where there is none.</param>
/// <param name="Maximum">The greatest finite element; null where there is none.</param>
/// <param name="Rms">The root of the mean square of the finite elements; null where there are none.</param>
/// <param name="Sha256">The digest of its bytes, in hexadecimal.</param>
internal sealed record RunOutput(
    string Name,
    IReadOnlyList<long> Shape,
    bool Finite,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Minimum,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Maximum,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Rms,
    string Sha256);

/// <summary>How far outputs are from the expected ones.</summary>
/// <param name="Maximum">The greatest absolute difference of two elements; null where the two cannot be compared.</param>
/// <param name="Rms">The root of the mean square of the differences; null where the two cannot be compared.</param>
/// <param name="At">Where the greatest one is, as <c>audio[0,0,17]</c>; or why the two cannot be compared.</param>
internal sealed record OutputDifference(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Maximum,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Rms,
    string At);

/// <summary>Reads and writes the protocol without reflection, which a native program does not have.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelRunRequest))]
[JsonSerializable(typeof(ModelRunAnswer))]
internal sealed partial class ModelRunJson : JsonSerializerContext;
