using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>Self-attention with learned embeddings of how far two frames are apart, up to ten frames; further apart there is none.</summary>
/// <remarks>Shaw, Uszkoreit, Vaswani: Self-Attention with Relative Position Representations (2018), as in VITS.</remarks>
internal sealed class RelativeAttention
{
    private const int Window = 10;
    private const int Distances = (2 * Window) + 1;

    private readonly long heads;
    private readonly long width;
    private readonly Slot keyDistances;
    private readonly Slot valueDistances;
    private readonly Convolution query;
    private readonly Convolution key;
    private readonly Convolution value;
    private readonly Convolution output;

    /// <summary>Declares an attention.</summary>
    public RelativeAttention(Slots slots, long channels, long heads)
    {
        (this.heads, width) = (heads, channels / heads);
        keyDistances = slots.Plain("emb_rel_k", 1, Distances, width);
        valueDistances = slots.Plain("emb_rel_v", 1, Distances, width);
        query = Convolution.Of(slots, "conv_q", channels, channels, 1);
        key = Convolution.Of(slots, "conv_k", channels, channels, 1);
        value = Convolution.Of(slots, "conv_v", channels, channels, 1);
        output = Convolution.Of(slots, "conv_o", channels, channels, 1);
    }

    /// <summary>Applies it to [batch, channels, time].</summary>
    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, length) = (x.shape[0], x.shape[1], x.shape[2]);
        var q = Split(query.Apply(x)).div(Math.Sqrt(width));
        var k = Split(key.Apply(x));
        var v = Split(value.Apply(x));

        var scores = matmul(q, k.transpose(-2, -1));
        var nearby = zeros(batch, heads, length, length + (2 * Window));
        Diagonals(nearby).copy_(matmul(q, keyDistances.Value.transpose(-2, -1)));
        scores.add_(nearby.narrow(3, Window, length));

        var weights = scores.softmax(-1);
        nearby.zero_();
        nearby.narrow(3, Window, length).copy_(weights);
        var mixed = matmul(weights, v).add_(matmul(Diagonals(nearby).contiguous(), valueDistances.Value));
        return output.Apply(mixed.transpose(2, 3).reshape(batch, channels, length)).MoveToOuterDisposeScope();
    }

    private Tensor Split(Tensor x) => x.reshape(x.shape[0], heads, width, x.shape[2]).transpose(2, 3);

    // Row t of the view holds the columns t to t + 20: the frames t - 10 to t + 10, ten columns of margin on each side.
    private Tensor Diagonals(Tensor margined)
    {
        var (batch, length, columns) = (margined.shape[0], margined.shape[2], margined.shape[3]);
        return margined.as_strided([batch, heads, length, Distances], [heads * length * columns, length * columns, columns + 1, 1]);
    }
}
