using System.Text.Json.Serialization;

namespace ModelGate.ModelRuns;

/// <summary>One thing that is done with a model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Keys), "keys")]
[JsonDerivedType(typeof(Load), "load")]
[JsonDerivedType(typeof(Run), "run")]
[JsonDerivedType(typeof(Synthesize), "synthesize")]
[JsonDerivedType(typeof(Time), "time")]
internal abstract record ModelRunStep
{
    /// <summary>What is said of a process that ends during it: "while loading the model".</summary>
    [JsonIgnore]
    public abstract string Activity { get; }

    /// <summary>Names and shapes of the architecture alone.</summary>
    public sealed record Keys : ModelRunStep
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Activity => "while naming the architecture's keys";
    }

    /// <summary>Loads the weights strictly.</summary>
    public sealed record Load : ModelRunStep
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Activity => "while loading the model";
    }

    /// <summary>Runs the model on tensors.</summary>
    public sealed record Run : ModelRunStep
    {
        /// <summary>A safetensors file of the inputs, as a full path; null where they are generated.</summary>
        public string? Inputs { get; init; }

        /// <summary>What inputs are generated; null where a file holds them.</summary>
        public GeneratedInputs? Generate { get; init; }

        /// <summary>A safetensors file of the outputs that are right, as a full path.</summary>
        public string? Expected { get; init; }

        /// <summary>Where the outputs are written, as a full path.</summary>
        public string? Output { get; init; }

        /// <summary>Whether the model draws the noise that it would draw in use; off, so that two runs are alike.</summary>
        public bool Noise { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Activity => "while running the model";
    }

    /// <summary>Resynthesizes a recording from what was computed from it.</summary>
    public sealed record Synthesize : ModelRunStep
    {
        /// <summary>The recording, as a full path.</summary>
        public string? Recording { get; init; }

        /// <summary>The features of a segment, a .npy file.</summary>
        public string? Features { get; init; }

        /// <summary>Its coarse pitch, a .npy file.</summary>
        public string? Pitch { get; init; }

        /// <summary>Its pitch in hertz, a .npy file.</summary>
        [JsonPropertyName("pitchf")]
        public string? FinePitch { get; init; }

        /// <summary>The number of the speaker.</summary>
        public int Speaker { get; init; }

        /// <summary>Where the WAV file is written, as a full path.</summary>
        public required string Output { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Activity => "while synthesizing";
    }

    /// <summary>Times the model.</summary>
    public sealed record Time : ModelRunStep
    {
        /// <summary>How much audio a run makes, in seconds.</summary>
        public double Seconds { get; init; } = 2;

        /// <summary>Runs that are not counted.</summary>
        public int Warmups { get; init; } = 1;

        /// <summary>Runs that are counted.</summary>
        public int Runs { get; init; } = 5;

        /// <summary>A safetensors file of the inputs of a model that declares them, as a full path.</summary>
        public string? Inputs { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Activity => "while timing the model";
    }
}

/// <summary>Inputs that the process generates: the same for the same numbers.</summary>
/// <param name="Frames">How many frames each has.</param>
/// <param name="Batch">How many are run together.</param>
/// <param name="Seed">Where the generator starts.</param>
internal sealed record GeneratedInputs(int Frames, int Batch, int Seed);
