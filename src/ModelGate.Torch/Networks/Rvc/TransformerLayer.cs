using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>A layer of the encoder: attention and a feed-forward part of two convolutions, each added to its input and normalized.</summary>
internal sealed class TransformerLayer
{
    private readonly RelativeAttention attention;
    private readonly ChannelNorm afterAttention;
    private readonly Convolution widening;
    private readonly Convolution narrowing;
    private readonly ChannelNorm afterFeedForward;
    private readonly (long, long) padding;

    /// <summary>Declares the layer of an index.</summary>
    public TransformerLayer(Slots slots, int index, RvcSettings settings)
    {
        attention = new RelativeAttention(slots.In($"attn_layers.{index}"), settings.Hidden, settings.Heads);
        afterAttention = new ChannelNorm(slots.In($"norm_layers_1.{index}"), settings.Hidden);
        var feedForward = slots.In($"ffn_layers.{index}");
        widening = Convolution.Strided(feedForward, "conv_1", settings.Filter, settings.Hidden, settings.Kernel, 1, 0);
        narrowing = Convolution.Strided(feedForward, "conv_2", settings.Hidden, settings.Filter, settings.Kernel, 1, 0);
        afterFeedForward = new ChannelNorm(slots.In($"norm_layers_2.{index}"), settings.Hidden);
        padding = ((settings.Kernel - 1) / 2, settings.Kernel / 2);
    }

    /// <summary>Applies it to [batch, channels, time].</summary>
    public Tensor Apply(Tensor input)
    {
        using var scope = NewDisposeScope();
        var attended = afterAttention.Apply(attention.Apply(input).add_(input));
        var wide = widening.Apply(nn.functional.pad(attended, padding)).relu_();
        return afterFeedForward.Apply(narrowing.Apply(nn.functional.pad(wide, padding)).add_(attended)).MoveToOuterDisposeScope();
    }
}
