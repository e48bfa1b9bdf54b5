using ModelGate.Torch.Synthesis;
using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.BigVgan;

/// <summary>The generator of BigVGAN, versions 1 and 2.</summary>
/// <remarks>Lee, Ping, Ginsburg, Catanzaro, Yoon: BigVGAN (2023); https://github.com/NVIDIA/BigVGAN.</remarks>
internal sealed class BigVganNetwork : Network
{
    /// <summary>The family's name.</summary>
    public const string Name = "bigvgan";

    private readonly BigVganSettings settings;
    private readonly Convolution before;
    private readonly TransposedConvolution[] upsampling;
    private readonly PeriodicBlock[][] blocks;
    private readonly AliasFreeActivation activation;
    private readonly Convolution after;

    /// <summary>Declares the network.</summary>
    public BigVganNetwork(BigVganSettings settings)
    {
        this.settings = settings;
        var (stages, periodic) = (settings.Upsampling, settings.Periodic);
        before = Convolution.Of(Slots, "conv_pre", stages.InitialChannels, settings.Bands, 7, isNormed: true);
        upsampling = [.. stages.Rates.Select((rate, i) => new TransposedConvolution(Slots, $"ups.{i}.0", stages.InitialChannels >> i, stages.ChannelsAfter(i), stages.Kernels[i], rate))];
        blocks = [.. stages.Rates.Select((_, i) => stages.BlockKernels.Select((kernel, j) => new PeriodicBlock(
            Slots.In($"resblocks.{(i * stages.BlockKernels.Count) + j}"), stages.Block, stages.ChannelsAfter(i), kernel, stages.BlockDilations[j], periodic)).ToArray())];
        var last = stages.ChannelsAfter(stages.Rates.Count - 1);
        activation = new AliasFreeActivation(Slots.In("activation_post"), last, periodic);
        after = Convolution.Of(Slots, "conv_post", 1, last, 7, isNormed: true, hasBias: settings.HasFinalBias);
    }

    /// <inheritdoc/>
    public override string Family => Name;

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
        for (var stage = 0; stage < upsampling.Length; stage++)
        {
            using var last = x;
            using var raised = upsampling[stage].Apply(last);
            x = blocks[stage][0].Apply(raised);
            foreach (var block in blocks[stage].AsSpan(1))
            {
                using var part = block.Apply(raised);
                x.add_(part);
            }

            x.div_(blocks[stage].Length);
        }

        using (x)
        {
            using var activated = activation.Apply(x);
            var audio = after.Apply(activated);
            return settings.IsBoundedByTanh ? audio.tanh_() : audio.clamp_(-1, 1);
        }
    }
}
