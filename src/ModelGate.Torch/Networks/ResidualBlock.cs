using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>HiFi-GAN's residual block: pairs of convolutions, the first of each dilated (type 1), or dilated convolutions alone (type 2).</summary>
/// <remarks>Kong, Kim, Bae: HiFi-GAN (2020), section 2.2 and appendix A.</remarks>
internal sealed class ResidualBlock
{
    private const double Slope = 0.1;

    private readonly Convolution[] first;
    private readonly Convolution[] second;

    /// <summary>Declares a block.</summary>
    public ResidualBlock(Slots slots, ResidualBlockType type, long channels, long kernel, IReadOnlyList<long> dilations)
    {
        if (type == ResidualBlockType.Pairs)
        {
            first = [.. dilations.Select((d, i) => Convolution.Of(slots, $"convs1.{i}", channels, channels, kernel, d, isNormed: true))];
            second = [.. dilations.Select((_, i) => Convolution.Of(slots, $"convs2.{i}", channels, channels, kernel, isNormed: true))];
        }
        else
        {
            first = [.. dilations.Select((d, i) => Convolution.Of(slots, $"convs.{i}", channels, channels, kernel, d, isNormed: true))];
            second = [];
        }
    }

    /// <summary>Applies it; the input stays as it is.</summary>
    public Tensor Apply(Tensor input)
    {
        var x = input;
        for (var i = 0; i < first.Length; i++)
        {
            var next = Branch(x, i).add_(x);
            if (i > 0)
            {
                x.Dispose();
            }

            x = next;
        }

        return x;
    }

    private Tensor Branch(Tensor x, int index)
    {
        using var activated = nn.functional.leaky_relu(x, Slope);
        var convolved = first[index].Apply(activated);
        if (second.Length == 0)
        {
            return convolved;
        }

        using (convolved)
        {
            return second[index].Apply(convolved.leaky_relu_(Slope));
        }
    }
}

/// <summary>The types of residual blocks.</summary>
internal enum ResidualBlockType
{
    /// <summary>"1": three pairs of convolutions.</summary>
    Pairs,

    /// <summary>"2": two convolutions.</summary>
    Single,
}
