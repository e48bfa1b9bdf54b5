using ModelGate.Signals.Mathematics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGate.Torch.Synthesis;

/// <summary>Log-mel spectrograms as HiFi-GAN and BigVGAN are trained on.</summary>
/// <remarks>
/// Reflected (n_fft - hop) / 2 samples at each end, periodic Hann window, magnitude sqrt(re^2 + im^2 + 1e-9), bands of equal area on Slaney's scale,
/// natural logarithm of at least 1e-5: meldataset.py of https://github.com/jik876/hifi-gan; the bands are librosa's (librosa.filters.mel).
/// </remarks>
internal static class MelSpectrogram
{
    private const double Smallest = 1e-5;
    private const double MagnitudeFloor = 1e-9;

    /// <summary>Computes [1, bands, frames] of samples.</summary>
    public static Tensor Of(ReadOnlySpan<float> samples, MelSettings settings)
    {
        using var scope = NewDisposeScope();
        var padding = (settings.TransformLength - settings.Hop) / 2;
        if (samples.Length <= padding)
        {
            throw new ModelException(SafeText.Of($"{samples.Length} samples are too few for a frame of {settings.TransformLength}"));
        }

        var signal = tensor(samples.ToArray()).reshape(1, 1, samples.Length);
        var padded = nn.functional.pad(signal, (padding, padding), PaddingModes.Reflect).squeeze(1);
        var spectrum = stft(padded, settings.TransformLength, settings.Hop, settings.WindowLength, hann_window(settings.WindowLength), center: false, onesided: true, return_complex: true);
        var magnitude = view_as_real(spectrum).pow(2).sum(-1).add_(MagnitudeFloor).sqrt_();
        return matmul(Bands(settings), magnitude).clamp_(min: Smallest).log_().MoveToOuterDisposeScope();
    }

    private static Tensor Bands(MelSettings settings)
    {
        var bins = (int)(settings.TransformLength / 2) + 1;
        var bands = new SlaneyBands(settings.SampleRate, (int)settings.TransformLength, (int)settings.Bands, settings.Highest, settings.Lowest).Bands;
        var weights = new float[bands.Count * bins];
        foreach (var (band, (first, own)) in bands.Index())
        {
            for (var i = 0; i < own.Length; i++)
            {
                weights[(band * bins) + first + i] = (float)own[i];
            }
        }

        return tensor(weights).reshape(bands.Count, bins);
    }
}
