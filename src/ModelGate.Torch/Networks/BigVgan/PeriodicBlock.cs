using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.BigVgan;

/// <summary>BigVGAN's residual block (AMP): HiFi-GAN's with an alias-free periodic activation in front of each convolution.</summary>
internal sealed class PeriodicBlock
{
    private readonly Convolution[] first;
    private readonly Convolution[] second;
    private readonly AliasFreeActivation[] activations;

    /// <summary>Declares a block.</summary>
    public PeriodicBlock(Slots slots, ResidualBlockType type, long channels, long kernel, IReadOnlyList<long> dilations, PeriodicSettings periodic)
    {
        var names = type == ResidualBlockType.Pairs ? "convs1" : "convs";
        first = [.. dilations.Select((d, i) => Convolution.Of(slots, $"{names}.{i}", channels, channels, kernel, d, isNormed: true))];
        second = type == ResidualBlockType.Pairs ? [.. dilations.Select((_, i) => Convolution.Of(slots, $"convs2.{i}", channels, channels, kernel, isNormed: true))] : [];
        activations = [.. Enumerable.Range(0, first.Length + second.Length).Select(i => new AliasFreeActivation(slots.In($"activations.{i}"), channels, periodic))];
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
        using var scope = NewDisposeScope();
        if (second.Length == 0)
        {
            return first[index].Apply(activations[index].Apply(x)).MoveToOuterDisposeScope();
        }

        var convolved = first[index].Apply(activations[2 * index].Apply(x));
        return second[index].Apply(activations[(2 * index) + 1].Apply(convolved)).MoveToOuterDisposeScope();
    }
}
