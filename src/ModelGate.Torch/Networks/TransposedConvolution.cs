using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>A transposed convolution under weight norm, which makes its input <paramref name="rate"/> times as long.</summary>
/// <remarks>
/// It is computed as a plain convolution that gives the samples between two frames as channels, and puts them in order: libtorch's own transposed convolution is wrong for some
/// shapes (docs/decisions/0101-convolutions-that-libtorch-computes-wrong.md), and no faster. The sample rq + s of the whole output is the sum over m of weight[mr + s] · input[q - m].
/// </remarks>
/// <param name="slots">Where its tensors are declared.</param>
/// <param name="name">The module's name.</param>
/// <param name="input">Input channels.</param>
/// <param name="output">Output channels.</param>
/// <param name="kernel">The kernel; its difference from the rate is even.</param>
/// <param name="rate">The stride.</param>
internal sealed class TransposedConvolution(Slots slots, string name, long input, long output, long kernel, long rate)
{
    private readonly Slot bias = slots.In(name).Plain("bias", output);
    private readonly Slot weight = slots.In(name).Normed("weight", input, output, kernel);
    private readonly long taps = (kernel + rate - 1) / rate;
    private readonly long margin = ChannelMargin.Of(input);

    private Tensor? phases;
    private Tensor? biases;

    /// <summary>Applies it to [batch, channels, time].</summary>
    public Tensor Apply(Tensor x)
    {
        Prepare();
        using var scope = NewDisposeScope();
        var wide = margin == 0 ? x : nn.functional.pad(x, [0, 0, 0, margin]);
        var between = nn.functional.conv1d(wide, phases!, biases, padding: taps - 1);
        var (batch, length) = (between.shape[0], between.shape[2]);
        var ordered = between.reshape(batch, output, rate, length).transpose(2, 3).reshape(batch, output, rate * length);
        return ordered.narrow(2, (kernel - rate) / 2, x.shape[2] * rate).MoveToOuterDisposeScope();
    }

    private void Prepare()
    {
        if (phases is not null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var whole = nn.functional.pad(weight.Value, [0, (taps * rate) - kernel, 0, 0, 0, margin]);
        phases = whole.reshape(input + margin, output, taps, rate).permute(1, 3, 0, 2).flip(3).reshape(output * rate, input + margin, taps).DetachFromDisposeScope();
        biases = bias.Value.repeat_interleave(rate).DetachFromDisposeScope();
    }
}
