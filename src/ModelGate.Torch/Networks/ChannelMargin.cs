namespace ModelGate.Torch.Networks;

/// <summary>Channels of zeros that an input of a convolution gets, so that libtorch computes it right.</summary>
/// <remarks>
/// oneDNN in libtorch 2.10.0 silently gives wrong numbers for kernels longer than one and more input channels than its block holds (16 with AVX-512, 8 with AVX2) where the
/// last block is not full: docs/decisions/0101-convolutions-that-libtorch-computes-wrong.md. Zeros change nothing else.
/// </remarks>
internal static class ChannelMargin
{
    private const long SmallBlock = 8;
    private const long Block = 16;

    /// <summary>The channels that are missing to full blocks.</summary>
    public static long Of(long channels) => channels <= SmallBlock ? 0 : (Block - (channels % Block)) % Block;
}
