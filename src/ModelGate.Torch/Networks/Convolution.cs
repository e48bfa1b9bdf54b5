using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>A convolution over time.</summary>
internal sealed class Convolution
{
    private readonly Slot weight;
    private readonly Slot? bias;
    private readonly long stride;
    private readonly long padding;
    private readonly long dilation;
    private readonly long margin;
    private Tensor? widened;

    private Convolution(Slot weight, Slot? bias, long stride, long padding, long dilation)
    {
        (this.weight, this.bias, this.stride, this.padding, this.dilation) = (weight, bias, stride, padding, dilation);
        margin = weight.Shape[2] == 1 ? 0 : ChannelMargin.Of(weight.Shape[1]);
    }

    /// <summary>A convolution that keeps the length.</summary>
    public static Convolution Of(Slots slots, string name, long output, long input, long kernel, long dilation = 1, bool isNormed = false, bool hasBias = true)
        => Strided(slots, name, output, input, kernel, 1, (dilation * (kernel - 1)) / 2, dilation, isNormed, hasBias);

    /// <summary>A convolution with a stride.</summary>
    public static Convolution Strided(
        Slots slots, string name, long output, long input, long kernel, long stride, long padding, long dilation = 1, bool isNormed = false, bool hasBias = true)
    {
        var module = slots.In(name);
        var bias = hasBias ? module.Plain("bias", output) : null;
        var weight = isNormed ? module.Normed("weight", output, input, kernel) : module.Plain("weight", output, input, kernel);
        return new Convolution(weight, bias, stride, padding, dilation);
    }

    /// <summary>Applies it to [batch, channels, time].</summary>
    public Tensor Apply(Tensor input)
    {
        if (margin == 0)
        {
            return nn.functional.conv1d(input, weight.Value, bias?.Value, stride, padding, dilation);
        }

        widened ??= nn.functional.pad(weight.Value, [0, 0, 0, margin]).DetachFromDisposeScope();
        using var wide = nn.functional.pad(input, [0, 0, 0, margin]);
        return nn.functional.conv1d(wide, widened, bias?.Value, stride, padding, dilation);
    }
}
