using ModelGate.Torch.Networks;

namespace ModelGate.Torch.Synthesis;

/// <summary>How a vocoder's training made log-mel spectrograms of recordings.</summary>
/// <param name="SampleRate">Samples of a second.</param>
/// <param name="TransformLength">Samples of a Fourier transform.</param>
/// <param name="Hop">Samples between frames.</param>
/// <param name="WindowLength">Samples of the window.</param>
/// <param name="Bands">Bands.</param>
/// <param name="Lowest">Lower edge of the lowest band, in Hz.</param>
/// <param name="Highest">Upper edge of the highest band, in Hz.</param>
internal sealed record MelSettings(int SampleRate, long TransformLength, long Hop, long WindowLength, long Bands, double Lowest, double Highest)
{
    /// <summary>Those of HiFi-GAN's own configurations.</summary>
    public static MelSettings OfHifiGan { get; } = new(22050, 1024, 256, 1024, 80, 0, 8000);

    /// <summary>Those of a config.json; null where it does not state the sample rate, the transform and the hop.</summary>
    public static MelSettings? OfConfiguration(Hyperparameters values)
    {
        if (values.TryWhole("sampling_rate", "data.sampling_rate") is not { } rate
            || values.TryWhole("n_fft", "data.filter_length") is not { } length
            || values.TryWhole("hop_size", "data.hop_length", "hop_length") is not { } hop)
        {
            return null;
        }

        var window = values.TryWhole("win_size", "data.win_length", "win_length") ?? length;
        var settings = new MelSettings(
            (int)Math.Clamp(rate, 0, 1_000_000), length, hop, window, values.TryWhole("num_mels", "data.n_mel_channels") ?? 80,
            values.TryNumber("fmin", "data.mel_fmin") ?? 0, values.TryNumber("fmax", "data.mel_fmax") ?? rate / 2.0);
        return settings.SampleRate is > 0 and < 1_000_000 && length is >= 2 and <= 1 << 16 && hop >= 1 && hop <= length && window >= 1 && window <= length
            && settings.Bands is > 0 and <= 4096 && settings.Lowest >= 0 && settings.Highest > settings.Lowest && settings.Highest <= rate / 2.0
            ? settings
            : throw new ModelException(SafeText.Of($"the configuration's mel spectrogram cannot be computed: {rate} Hz, n_fft {length}, hop {hop}, window {window}, {settings.Bands} bands from {settings.Lowest} to {settings.Highest} Hz"));
    }
}
