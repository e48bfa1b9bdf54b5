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

    // Slaney's scale is linear up to 1000 Hz and logarithmic above.
    private const double LinearStep = 200.0 / 3;
    private const double LogarithmicFrom = 1000;
    private static readonly double LogarithmicStep = Math.Log(6.4) / 27;

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

    /// <summary>The weights of [bands, n_fft / 2 + 1], as librosa computes them.</summary>
    public static Tensor Bands(MelSettings settings)
    {
        var bins = (int)(settings.TransformLength / 2) + 1;
        var bands = (int)settings.Bands;
        var edges = new double[bands + 2];
        var (low, high) = (ToMel(settings.Lowest), ToMel(settings.Highest));
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = ToHertz(low + ((high - low) * i / (bands + 1)));
        }

        var weights = new float[bands * bins];
        for (var band = 0; band < bands; band++)
        {
            var area = 2 / (edges[band + 2] - edges[band]);
            for (var bin = 0; bin < bins; bin++)
            {
                var frequency = (double)bin * settings.SampleRate / settings.TransformLength;
                var rising = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
                var falling = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
                weights[(band * bins) + bin] = (float)(Math.Max(0, Math.Min(rising, falling)) * area);
            }
        }

        return tensor(weights).reshape(bands, bins);
    }

    private static double ToMel(double hertz)
        => hertz < LogarithmicFrom ? hertz / LinearStep : (LogarithmicFrom / LinearStep) + (Math.Log(hertz / LogarithmicFrom) / LogarithmicStep);

    private static double ToHertz(double mel)
        => mel < LogarithmicFrom / LinearStep ? mel * LinearStep : LogarithmicFrom * Math.Exp(LogarithmicStep * (mel - (LogarithmicFrom / LinearStep)));
}
