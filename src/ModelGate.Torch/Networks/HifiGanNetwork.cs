using ModelGate.Torch.Synthesis;
using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>The generator of HiFi-GAN: a log-mel spectrogram becomes audio by transposed convolutions with residual blocks behind each.</summary>
/// <remarks>Kong, Kim, Bae: HiFi-GAN (2020); https://github.com/jik876/hifi-gan.</remarks>
internal sealed class HifiGanNetwork : Network
{
    /// <summary>The family's name.</summary>
    public const string Name = "hifi-gan";

    private const double StageSlope = 0.1;

    private readonly HifiGanSettings settings;
    private readonly Convolution before;
    private readonly UpsamplingStage[] stages;
    private readonly Convolution after;

    /// <summary>Declares the network.</summary>
    public HifiGanNetwork(HifiGanSettings settings)
    {
        this.settings = settings;
        var upsampling = settings.Upsampling;
        before = Convolution.Of(Slots, "conv_pre", upsampling.InitialChannels, settings.Bands, 7, isNormed: true);
        stages = UpsamplingStage.All(Slots, upsampling);
        after = Convolution.Of(Slots, "conv_post", 1, upsampling.ChannelsAfter(stages.Length - 1), 7, isNormed: true);
    }

    /// <inheritdoc/>
    public override string Family => Name;

    /// <inheritdoc/>
    public override string? Variant => settings.Variant;

    /// <inheritdoc/>
    public override int? SampleRate => settings.Mel?.SampleRate;

    /// <inheritdoc/>
    public override long Hop => settings.Upsampling.Hop;

    /// <summary>How recordings become its input; null where no configuration says it.</summary>
    public MelSettings? Mel => settings.Mel;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> Generate(long frames, long batch, long seed) => MelInput.Generate(settings.Bands, frames, batch, seed);

    /// <inheritdoc/>
    public override long FramesOf(IReadOnlyDictionary<string, Tensor> inputs) => MelInput.Of(inputs, settings.Bands).shape[2];

    /// <inheritdoc/>
    public override Tensor Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise)
    {
        var x = before.Apply(MelInput.Of(inputs, settings.Bands));
        foreach (var stage in stages)
        {
            using var last = x.leaky_relu_(StageSlope);
            x = stage.Apply(last, null);
        }

        using (x)
        {
            return after.Apply(x.leaky_relu_(0.01)).tanh_();
        }
    }
}
