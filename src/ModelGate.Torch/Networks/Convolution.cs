using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>A convolution over time, plain or transposed, whose output for a kernel of odd span is as long as its input.</summary>
internal sealed class Convolution
{
    private readonly Slot weight;
    private readonly Slot? bias;
    private readonly long stride;
    private readonly long padding;
    private readonly long dilation;
    private readonly bool isTransposed;

    private Convolution(Slot weight, Slot? bias, long stride, long padding, long dilation, bool isTransposed)
        => (this.weight, this.bias, this.stride, this.padding, this.dilation, this.isTransposed) = (weight, bias, stride, padding, dilation, isTransposed);

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
        return new Convolution(weight, bias, stride, padding, dilation, false);
    }

    /// <summary>A transposed convolution under weight norm, which makes an input <paramref name="rate"/> times as long where kernel and rate are both even or both odd.</summary>
    public static Convolution Upsampling(Slots slots, string name, long input, long output, long kernel, long rate)
    {
        var module = slots.In(name);
        var bias = module.Plain("bias", output);
        return new Convolution(module.Normed("weight", input, output, kernel), bias, rate, (kernel - rate) / 2, 1, true);
    }

    /// <summary>Applies it to [batch, channels, time].</summary>
    public Tensor Apply(Tensor input) => isTransposed
        ? nn.functional.conv_transpose1d(input, weight.Value, bias?.Value, stride, padding)
        : nn.functional.conv1d(input, weight.Value, bias?.Value, stride, padding, dilation);
}
