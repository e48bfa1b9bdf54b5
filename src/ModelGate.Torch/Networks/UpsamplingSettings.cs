namespace ModelGate.Torch.Networks;

/// <summary>The hyperparameters that HiFi-GAN's, BigVGAN's and RVC's generators share.</summary>
/// <param name="Block">The type of the residual blocks.</param>
/// <param name="Rates">Factor of each upsampling stage.</param>
/// <param name="Kernels">Kernel of each upsampling stage.</param>
/// <param name="InitialChannels">Channels before the first stage.</param>
/// <param name="BlockKernels">Kernels of the residual blocks of a stage.</param>
/// <param name="BlockDilations">Dilations of each residual block.</param>
internal sealed record UpsamplingSettings(
    ResidualBlockType Block,
    IReadOnlyList<long> Rates,
    IReadOnlyList<long> Kernels,
    long InitialChannels,
    IReadOnlyList<long> BlockKernels,
    IReadOnlyList<IReadOnlyList<long>> BlockDilations)
{
    /// <summary>Samples that one frame becomes.</summary>
    public long Hop => Rates.Aggregate(1L, (product, rate) => product * rate);

    /// <summary>Channels behind a stage.</summary>
    public long ChannelsAfter(int stage) => InitialChannels >> (stage + 1);

    /// <summary>Refuses what no generator can be made of.</summary>
    /// <exception cref="ModelException">The values do not fit together.</exception>
    public UpsamplingSettings Checked()
    {
        if (Rates.Count != Kernels.Count)
        {
            throw new ModelException(SafeText.Of($"upsample_rates has {Rates.Count} entries and upsample_kernel_sizes {Kernels.Count}"));
        }

        if (Rates.Count is 0 or > 16 || Rates.Any(r => r is < 1 or > 1024) || Kernels.Any(k => k is < 1 or > 4096))
        {
            throw new ModelException(SafeText.Of($"upsample_rates {Shown(Rates)} with upsample_kernel_sizes {Shown(Kernels)} do not form a valid generator"));
        }

        if (InitialChannels > 1 << 16 || ChannelsAfter(Rates.Count - 1) < 1)
        {
            throw new ModelException(SafeText.Of($"{InitialChannels} channels cannot be halved in {Rates.Count} stages"));
        }

        for (var i = 0; i < Rates.Count; i++)
        {
            if (Kernels[i] < Rates[i] || (Kernels[i] - Rates[i]) % 2 != 0)
            {
                throw new ModelException(SafeText.Of($"stage {i} cannot make its input {Rates[i]} times as long with a kernel of {Kernels[i]}: the difference has to be even and not negative"));
            }
        }

        if (BlockKernels.Count is 0 or > 16 || BlockKernels.Any(k => k is < 1 or > 1024 || k % 2 == 0))
        {
            throw new ModelException(SafeText.Of($"resblock_kernel_sizes {Shown(BlockKernels)} are not odd kernels"));
        }

        return BlockDilations.Count < BlockKernels.Count || BlockDilations.Any(d => d.Count is 0 or > 16 || d.Any(v => v is < 1 or > 4096))
            ? throw new ModelException(SafeText.Of($"resblock_dilation_sizes has no list of dilations for each of the {BlockKernels.Count} kernels"))
            : this;
    }

    private static string Shown(IReadOnlyList<long> values) => "[" + string.Join(", ", values) + "]";
}
