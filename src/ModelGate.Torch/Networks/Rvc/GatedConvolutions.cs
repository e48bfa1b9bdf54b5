using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>WaveNet's stack of gated convolutions with a speaker's vector in each gate.</summary>
internal sealed class GatedConvolutions
{
    private const long Kernel = 5;

    private readonly long channels;
    private readonly Convolution? condition;
    private readonly Convolution[] gates;
    private readonly Convolution[] outputs;

    /// <summary>Declares the stack.</summary>
    public GatedConvolutions(Slots slots, long channels, int layers, long conditionChannels)
    {
        this.channels = channels;
        condition = conditionChannels > 0 ? Convolution.Of(slots, "cond_layer", 2 * channels * layers, conditionChannels, 1, isNormed: true) : null;
        gates = [.. Enumerable.Range(0, layers).Select(i => Convolution.Of(slots, $"in_layers.{i}", 2 * channels, channels, Kernel, isNormed: true))];

        // The last layer has nothing behind it to go on to.
        outputs = [.. Enumerable.Range(0, layers).Select(i => Convolution.Of(slots, $"res_skip_layers.{i}", i < layers - 1 ? 2 * channels : channels, channels, 1, isNormed: true))];
    }

    /// <summary>Applies it to [batch, channels, time].</summary>
    /// <param name="input">The input, which stays as it is.</param>
    /// <param name="speaker">The speaker's vector of [batch, channels, 1].</param>
    public Tensor Apply(Tensor input, Tensor speaker)
    {
        using var scope = NewDisposeScope();
        var conditions = condition?.Apply(speaker);
        var x = input;
        Tensor? sum = null;
        for (var layer = 0; layer < gates.Length; layer++)
        {
            var gated = gates[layer].Apply(x);
            if (conditions is not null)
            {
                gated.add_(conditions.narrow(1, layer * 2 * channels, 2 * channels));
            }

            var activated = gated.narrow(1, 0, channels).tanh().mul_(gated.narrow(1, channels, channels).sigmoid());
            var output = outputs[layer].Apply(activated);
            if (layer < gates.Length - 1)
            {
                x = x.add(output.narrow(1, 0, channels));
                output = output.narrow(1, channels, channels);
            }

            sum = sum is null ? output : sum.add(output);
        }

        return sum!.MoveToOuterDisposeScope();
    }
}
