using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>One stage of a HiFi-GAN generator: a transposed convolution, and the mean of residual blocks with different kernels.</summary>
internal sealed class UpsamplingStage
{
    private readonly TransposedConvolution upsampling;
    private readonly ResidualBlock[] blocks;

    private UpsamplingStage(Slots slots, UpsamplingSettings settings, int stage)
    {
        var channels = settings.ChannelsAfter(stage);
        upsampling = new TransposedConvolution(slots, $"ups.{stage}", settings.InitialChannels >> stage, channels, settings.Kernels[stage], settings.Rates[stage]);
        blocks = [.. settings.BlockKernels.Select((kernel, i) =>
            new ResidualBlock(slots.In($"resblocks.{(stage * settings.BlockKernels.Count) + i}"), settings.Block, channels, kernel, Dilations(settings, i)))];
    }

    /// <summary>Declares all stages.</summary>
    public static UpsamplingStage[] All(Slots slots, UpsamplingSettings settings) => [.. settings.Rates.Select((_, i) => new UpsamplingStage(slots, settings, i))];

    /// <summary>Applies the stage.</summary>
    /// <param name="input">The activated input.</param>
    /// <param name="excitation">What is added behind the transposed convolution, or null.</param>
    public Tensor Apply(Tensor input, Tensor? excitation)
    {
        using var x = upsampling.Apply(input);
        if (excitation is not null)
        {
            x.add_(excitation);
        }

        var sum = blocks[0].Apply(x);
        foreach (var block in blocks.AsSpan(1))
        {
            using var part = block.Apply(x);
            sum.add_(part);
        }

        return sum.div_(blocks.Length);
    }

    // The original code writes out three convolutions, or two, whatever the list holds.
    private static IReadOnlyList<long> Dilations(UpsamplingSettings settings, int block)
    {
        var wanted = settings.Block == ResidualBlockType.Pairs ? 3 : 2;
        var given = settings.BlockDilations[block];
        return given.Count >= wanted
            ? [.. given.Take(wanted)]
            : throw new ModelException(SafeText.Of($"resblock_dilation_sizes has {given.Count} dilations for block {block}, and a block has {wanted}"));
    }
}
