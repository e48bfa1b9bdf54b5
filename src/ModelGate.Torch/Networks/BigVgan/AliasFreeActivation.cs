using TorchSharp;
using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.BigVgan;

/// <summary>BigVGAN's activation: a periodic function at twice the rate, between low-pass filters, so that its harmonics do not fold back.</summary>
/// <remarks>
/// Lee et al.: BigVGAN (2023), section 3.2; https://github.com/NVIDIA/BigVGAN. Snake: x + sin²(αx) / α; SnakeBeta: x + sin²(αx) / β, with one α and β a channel, of which the file
/// may hold the logarithms. Filters are buffers of the network: those of the file are used.
/// </remarks>
internal sealed class AliasFreeActivation
{
    private const int Ratio = 2;
    private const int Taps = 12;
    private const double NoDivisionByZero = 1e-9;

    // Upsampling: the ends are repeated, and what the transposed convolution adds on both sides is cut off again.
    private const int RepeatedBefore = (Taps / Ratio) - 1;
    private const int CutOff = (RepeatedBefore * Ratio) + ((Taps - Ratio) / 2);

    private readonly long channels;
    private readonly bool isLogarithmic;
    private readonly Slot alpha;
    private readonly Slot? beta;
    private readonly Slot upsampling;
    private readonly Slot downsampling;

    private Tensor? frequency;
    private Tensor? amplitude;
    private Tensor? upFilter;
    private Tensor? downFilter;

    /// <summary>Declares an activation.</summary>
    public AliasFreeActivation(Slots slots, long channels, PeriodicSettings settings)
    {
        (this.channels, isLogarithmic) = (channels, settings.IsLogarithmic);
        alpha = slots.Plain("act.alpha", channels);
        beta = settings.HasBeta ? slots.Plain("act.beta", channels) : null;
        upsampling = slots.Plain("upsample.filter", 1, 1, Taps);
        downsampling = slots.Plain("downsample.lowpass.filter", 1, 1, Taps);
    }

    /// <summary>Applies it to [batch, channels, time]; the input stays as it is.</summary>
    public Tensor Apply(Tensor input)
    {
        Prepare();
        using var scope = NewDisposeScope();
        var repeated = nn.functional.pad(input, (RepeatedBefore, RepeatedBefore), PaddingModes.Replicate);
        var raised = nn.functional.conv_transpose1d(repeated, upFilter!, stride: Ratio, groups: channels);
        var x = raised.narrow(2, CutOff, raised.shape[2] - (2 * CutOff));
        var periodic = x.mul(frequency!).sin_().pow_(2).mul_(amplitude!).add_(x);
        var ends = nn.functional.pad(periodic, ((Taps / 2) - 1, Taps / 2), PaddingModes.Replicate);
        return nn.functional.conv1d(ends, downFilter!, stride: Ratio, groups: channels).MoveToOuterDisposeScope();
    }

    // Once for all runs: logarithms are undone, and the filter is repeated for each channel.
    private void Prepare()
    {
        if (frequency is not null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var (a, b) = (alpha.Value, (beta ?? alpha).Value);
        frequency = (isLogarithmic ? a.exp() : a.clone()).reshape(1, channels, 1).DetachFromDisposeScope();
        amplitude = (isLogarithmic ? b.exp() : b.clone()).add_(NoDivisionByZero).reciprocal_().reshape(1, channels, 1).DetachFromDisposeScope();
        upFilter = upsampling.Value.mul(Ratio).expand(channels, -1, -1).contiguous().DetachFromDisposeScope();
        downFilter = downsampling.Value.expand(channels, -1, -1).contiguous().DetachFromDisposeScope();
    }
}

/// <summary>The periodic function of a network.</summary>
/// <param name="HasBeta">Whether amplitude and frequency have a parameter each.</param>
/// <param name="IsLogarithmic">Whether parameters are logarithms.</param>
internal sealed record PeriodicSettings(bool HasBeta, bool IsLogarithmic);
