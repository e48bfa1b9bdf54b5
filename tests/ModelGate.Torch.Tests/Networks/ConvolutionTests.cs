using ModelGate.Torch.Networks;
using ModelGate.Torch.Networks.BigVgan;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGate.Torch.Tests.Networks;

/// <summary>Convolutions in binary32 against libtorch's own in binary64, which oneDNN has no part in.</summary>
public class ConvolutionTests
{
    private const double Tolerance = 1e-3;

    public ConvolutionTests()
    {
        if (Libtorch.Loads)
        {
            OneDnn.TurnOn();
        }
    }

    [TorchTheory]
    [InlineData(3, 1)]
    [InlineData(7, 3)]
    [InlineData(11, 5)]
    [InlineData(1, 1)]
    public void Every_number_of_channels_is_computed_right(int kernel, int dilation)
    {
        foreach (var channels in (int[])[1, 2, 5, 8, 9, 10, 12, 15, 16, 17, 20, 24, 31, 32, 40, 48, 60, 80, 96, 100])
        {
            using var scope = NewDisposeScope();
            manual_seed(channels);
            var slots = new Slots();
            var convolution = Convolution.Of(slots, "conv", channels, channels, kernel, dilation);
            Set(slots);
            var x = randn(1, channels, Math.Max(300, 24000 / channels));

            var padding = dilation * (kernel - 1) / 2;
            var expected = nn.functional.conv1d(Exact(x), Exact(slots.All[1].Value), Exact(slots.All[0].Value), padding: padding, dilation: dilation);

            Difference(convolution.Apply(x), expected).Should().BeLessThan(Tolerance, "of {0} channels", channels);
        }
    }

    [TorchTheory]
    [InlineData(16, 8)]
    [InlineData(24, 12)]
    [InlineData(4, 2)]
    [InlineData(16, 10)]
    [InlineData(3, 1)]
    [InlineData(5, 5)]
    [InlineData(11, 3)]
    public void A_transposed_convolution_is_that_of_libtorch(int kernel, int rate)
    {
        foreach (var (channels, length) in ((int, int)[])[(96, 319), (80, 300), (64, 100), (40, 700), (20, 1500), (6, 2), (3, 1), (512, 50)])
        {
            using var scope = NewDisposeScope();
            manual_seed(channels);
            var slots = new Slots();
            var convolution = new TransposedConvolution(slots, "up", channels, channels / 2, kernel, rate);
            Set(slots);
            var x = randn(2, channels, length);

            var expected = nn.functional.conv_transpose1d(Exact(x), Exact(slots.All[1].Value), Exact(slots.All[0].Value), stride: rate, padding: (kernel - rate) / 2);

            Difference(convolution.Apply(x), expected).Should().BeLessThan(Tolerance, "of {0} channels", channels);
        }
    }

    [TorchFact]
    public void A_strided_convolution_of_one_channel_is_computed_right()
    {
        foreach (var (channels, stride) in ((int, int)[])[(256, 40), (40, 40), (20, 4), (5, 2), (16, 80)])
        {
            using var scope = NewDisposeScope();
            var slots = new Slots();
            var convolution = Convolution.Strided(slots, "noise", channels, 1, 2 * stride, stride, stride / 2);
            Set(slots);
            var x = randn(1, 1, 48000);

            var expected = nn.functional.conv1d(Exact(x), Exact(slots.All[1].Value), Exact(slots.All[0].Value), stride: stride, padding: stride / 2);

            Difference(convolution.Apply(x), expected).Should().BeLessThan(Tolerance);
        }
    }

    // BigVGAN's filters work on each channel by itself; from about 20,480 elements on libtorch leaves convolutions to oneDNN.
    [TorchTheory]
    [InlineData(24, 48000)]
    [InlineData(96, 12000)]
    [InlineData(7, 30000)]
    public void A_filter_of_each_channel_is_computed_right(int channels, int length)
    {
        using var scope = NewDisposeScope();
        manual_seed(channels);
        var slots = new Slots();
        var activation = new AliasFreeActivation(slots, channels, new PeriodicSettings(HasBeta: true, IsLogarithmic: true));
        Set(slots);
        var values = slots.All.ToDictionary(s => s.Name, s => Exact(s.Value));
        var x = randn(1, channels, length);

        // BigVGAN's alias_free_activation: up by 2 with 12 taps, the periodic function, down by 2.
        var up = nn.functional.conv_transpose1d(nn.functional.pad(Exact(x), (5, 5), PaddingModes.Replicate), values["upsample.filter"].expand(channels, -1, -1), stride: 2, groups: channels).mul(2);
        up = up.narrow(2, 15, up.shape[2] - 30);
        var (a, b) = (values["act.alpha"].exp().reshape(1, channels, 1), values["act.beta"].exp().reshape(1, channels, 1));
        var periodic = up.add(up.mul(a).sin().pow(2).div(b.add(1e-9)));
        var expected = nn.functional.conv1d(nn.functional.pad(periodic, (5, 6), PaddingModes.Replicate), values["downsample.lowpass.filter"].expand(channels, -1, -1), stride: 2, groups: channels);

        (Difference(activation.Apply(x), expected) / expected.abs().max().item<double>()).Should().BeLessThan(1e-5);
    }

    private static void Set(Slots slots)
    {
        foreach (var slot in slots.All)
        {
            slot.Set(randn([.. slot.Shape]));
        }
    }

    private static Tensor Exact(Tensor x) => x.to_type(ScalarType.Float64);

    private static double Difference(Tensor one, Tensor other)
    {
        one.shape.Should().Equal(other.shape);
        return Exact(one).sub(other).abs().max().item<double>();
    }
}
