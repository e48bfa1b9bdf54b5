using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>The synthesizer of RVC v1 and v2, with and without pitch, as it converts: features and pitch become audio in a speaker's voice.</summary>
/// <remarks>Kim, Kong, Son: VITS (2021) without its text; https://github.com/RVC-Project/Retrieval-based-Voice-Conversion-WebUI.</remarks>
internal sealed class RvcNetwork : Network
{
    /// <summary>The family's name.</summary>
    public const string Name = "rvc";

    /// <summary>Steps of the coarse pitch.</summary>
    public const long PitchSteps = 256;

    /// <summary>The names of the inputs.</summary>
    public const string Features = "phone", Pitch = "pitch", FinePitch = "pitchf", Speaker = "sid", Lengths = "phone_lengths";

    // RVC draws the latent with two thirds of its deviation.
    private const double Temperature = 0.66666;

    private readonly RvcSettings settings;
    private readonly TextEncoder encoder;
    private readonly Flow flow;
    private readonly Decoder decoder;
    private readonly Slot speakers;

    /// <summary>Declares the network.</summary>
    public RvcNetwork(RvcSettings settings)
    {
        this.settings = settings;
        encoder = new TextEncoder(Slots.In("enc_p"), settings);
        decoder = new Decoder(Slots.In("dec"), settings);
        if (settings.SpectrumBins is { } bins)
        {
            PosteriorEncoder.Declare(Slots.In("enc_q"), settings, bins);
        }

        flow = new Flow(Slots.In("flow"), settings);
        speakers = Slots.Plain("emb_g.weight", settings.Speakers, settings.SpeakerChannels);
    }

    /// <inheritdoc/>
    public override string Family => Name;

    /// <inheritdoc/>
    public override string? Variant => settings.Variant;

    /// <inheritdoc/>
    public override int? SampleRate => settings.SampleRate;

    /// <inheritdoc/>
    public override long Hop => settings.Upsampling.Hop;

    /// <summary>Numbers of a frame of features.</summary>
    public long FeatureWidth => settings.Features;

    /// <summary>Whether it takes pitch.</summary>
    public bool HasPitch => settings.HasPitch;

    /// <inheritdoc/>
    public override long FramesOf(IReadOnlyDictionary<string, Tensor> inputs) => FeaturesOf(inputs).shape[1];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Generate(long frames, long batch, long seed)
    {
        manual_seed(seed);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [Features] = randn(batch, frames, settings.Features),
            [Speaker] = zeros(batch, ScalarType.Int64),
        };
        if (settings.HasPitch)
        {
            // A voice that glides between 120 and 200 Hz, with every fifth stretch of ten frames unvoiced.
            var time = arange(frames, ScalarType.Float32);
            var voiced = time.div(10).floor_().remainder_(5).ne(4).to_type(ScalarType.Float32);
            var hertz = time.mul(0.05).sin_().mul_(40).add_(160).mul_(voiced).unsqueeze(0).expand(batch, -1).contiguous();
            inputs[FinePitch] = hertz;
            inputs[Pitch] = CoarsePitch.Of(hertz);
        }

        return inputs;
    }

    /// <inheritdoc/>
    public override Tensor Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise)
    {
        using var scope = NewDisposeScope();
        var features = FeaturesOf(inputs);
        var (batch, frames) = (features.shape[0], features.shape[1]);
        var pitch = settings.HasPitch ? OfFrames(inputs, Pitch, "the coarse pitch of each frame", batch, frames).to_type(ScalarType.Int64) : null;
        var finePitch = settings.HasPitch ? OfFrames(inputs, FinePitch, "the pitch of each frame in Hz", batch, frames).to_type(ScalarType.Float32) : null;
        if (pitch is not null && (pitch.min().item<long>() < 0 || pitch.max().item<long>() >= PitchSteps))
        {
            throw new ModelException(SafeText.Of($"the coarse pitch goes from {pitch.min().item<long>()} to {pitch.max().item<long>()}, and has to be from 0 to {PitchSteps - 1}"));
        }

        var speaker = speakers.Value.index_select(0, SpeakerOf(inputs, batch)).unsqueeze(2);
        var (mean, logDeviation) = encoder.Apply(features, pitch);
        if (noise)
        {
            mean.add_(randn_like(mean).mul_(logDeviation.exp_()).mul_(Temperature));
        }

        return decoder.Apply(flow.Reverse(mean, speaker), finePitch, speaker, noise).MoveToOuterDisposeScope();
    }

    private Tensor FeaturesOf(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var features = ModelInputs.Find(inputs, Features, "the features");
        if (features.shape is not [_, > 0, var width] || width != settings.Features)
        {
            throw new ModelException(SafeText.Of($"{SafeText.From(Features)} has the shape {ModelInputs.Shown(features.shape)}, and the network takes [batch, frames, {settings.Features}]"));
        }

        if (inputs.GetValueOrDefault(Lengths) is { } lengths && lengths.ne(features.shape[1]).any().item<bool>())
        {
            throw new ModelException(SafeText.Of($"{SafeText.From(Lengths)} differs from the {features.shape[1]} frames of the features: inputs of a batch have one length here"));
        }

        return features.to_type(ScalarType.Float32);
    }

    private static Tensor OfFrames(IReadOnlyDictionary<string, Tensor> inputs, string name, string what, long batch, long frames)
    {
        var values = ModelInputs.Find(inputs, name, what);
        return values.shape is [var rows, var columns] && rows == batch && columns == frames
            ? values
            : throw new ModelException(SafeText.Of($"{name} has the shape {ModelInputs.Shown(values.shape)}, and the features make it [{batch}, {frames}]"));
    }

    private Tensor SpeakerOf(IReadOnlyDictionary<string, Tensor> inputs, long batch)
    {
        var speaker = inputs.GetValueOrDefault(Speaker)?.to_type(ScalarType.Int64).reshape(-1) ?? zeros(batch, ScalarType.Int64);
        if (speaker.shape[0] != batch)
        {
            throw new ModelException(SafeText.Of($"{SafeText.From(Speaker)} names {speaker.shape[0]} speakers for a batch of {batch}"));
        }

        return speaker.min().item<long>() >= 0 && speaker.max().item<long>() < settings.Speakers
            ? speaker
            : throw new ModelException(SafeText.Of($"there is no speaker {speaker.max().item<long>()}: the table has {settings.Speakers}, counted from 0"));
    }
}
