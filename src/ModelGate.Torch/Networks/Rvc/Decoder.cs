using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>RVC's decoder (dec): HiFi-GAN's generator on the latent, with the speaker's vector added, and in models with pitch the excitation added at each stage.</summary>
internal sealed class Decoder
{
    private const double StageSlope = 0.1;

    private readonly HarmonicSource? source;
    private readonly Convolution[] excitations;
    private readonly Convolution before;
    private readonly UpsamplingStage[] stages;
    private readonly Convolution after;
    private readonly Convolution? condition;

    /// <summary>Declares the decoder.</summary>
    public Decoder(Slots slots, RvcSettings settings)
    {
        var upsampling = settings.Upsampling;
        source = settings.HasPitch ? new HarmonicSource(slots.In("m_source"), settings.SampleRate, upsampling.Hop) : null;
        excitations = settings.HasPitch ? [.. upsampling.Rates.Select((_, i) => Excitation(slots, upsampling, i))] : [];
        before = Convolution.Of(slots, "conv_pre", upsampling.InitialChannels, settings.Inter, 7);
        stages = UpsamplingStage.All(slots, upsampling);
        after = Convolution.Of(slots, "conv_post", 1, upsampling.ChannelsAfter(stages.Length - 1), 7, hasBias: false);
        condition = settings.SpeakerChannels > 0 ? Convolution.Of(slots, "cond", upsampling.InitialChannels, settings.SpeakerChannels, 1) : null;
    }

    /// <summary>Computes audio.</summary>
    public Tensor Apply(Tensor latent, Tensor? pitch, Tensor speaker, bool noise)
    {
        using var scope = NewDisposeScope();
        var excitation = source?.Of(pitch!, noise);
        var x = before.Apply(latent);
        if (condition is not null)
        {
            x.add_(condition.Apply(speaker));
        }

        for (var i = 0; i < stages.Length; i++)
        {
            using var last = x.leaky_relu_(StageSlope);
            using var part = excitation is null ? null : excitations[i].Apply(excitation);
            x = stages[i].Apply(last, part);
        }

        return after.Apply(x.leaky_relu_(0.01)).tanh_().MoveToOuterDisposeScope();
    }

    // The excitation comes at the output's rate: each stage but the last takes it at its own.
    private static Convolution Excitation(Slots slots, UpsamplingSettings settings, int stage)
    {
        var stride = settings.Rates.Skip(stage + 1).Aggregate(1L, (product, rate) => product * rate);
        var channels = settings.ChannelsAfter(stage);
        return stage == settings.Rates.Count - 1
            ? Convolution.Of(slots, $"noise_convs.{stage}", channels, 1, 1)
            : Convolution.Strided(slots, $"noise_convs.{stage}", channels, 1, 2 * stride, stride, stride / 2);
    }
}
