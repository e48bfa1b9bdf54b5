using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>Layer normalization over the channels of [batch, channels, time].</summary>
/// <param name="slots">Where its two vectors are declared.</param>
/// <param name="channels">The channels.</param>
internal sealed class ChannelNorm(Slots slots, long channels)
{
    private readonly Slot scale = slots.Plain("gamma", channels);
    private readonly Slot shift = slots.Plain("beta", channels);

    /// <summary>Applies it.</summary>
    public Tensor Apply(Tensor x) => nn.functional.layer_norm(x.transpose(1, 2), [channels], scale.Value, shift.Value, 1e-5).transpose(1, 2);
}
