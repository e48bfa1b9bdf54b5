namespace ModelGate.Signals.Mathematics;

/// <summary>How a trainer computes the log-mel spectrogram that its loss is of: ln(max(mel · √(|X|² + e), 1e-5)) with Slaney's bands, (n_fft - hop) / 2 mirrored samples at each end and a periodic Hann window of n_fft.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="FrameLength">n_fft, which is the window: a power of two.</param>
/// <param name="HopLength">Samples from a frame to the next.</param>
/// <param name="Bands">Mel bands.</param>
/// <param name="Highest">The upper edge of the last band in hertz; half the rate where it is null, or that is less.</param>
/// <param name="LeastPower">What is added to each power.</param>
internal sealed record MelSettings(string Name, int FrameLength, int HopLength, int Bands, double? Highest, double LeastPower)
{
    /// <summary>HiFi-GAN's (jik876/hifi-gan, config_v1.json to v3), in samples at the recording's own rate.</summary>
    public static MelSettings HifiGan { get; } = new("hifigan", 1024, 256, 80, 8000, 1e-9);

    /// <summary>All that have a name, by the trainers' own configurations.</summary>
    public static IReadOnlyList<MelSettings> All { get; } =
    [
        HifiGan,
        new("vits", 1024, 256, 80, null, 1e-6),
        new("rvc-32k", 1024, 320, 80, null, 1e-6),
        new("rvc-40k", 2048, 400, 125, null, 1e-6),
        new("rvc-48k", 2048, 480, 128, null, 1e-6),
        new("applio-24k", 1024, 240, 80, null, 1e-6),
        new("so-vits-svc", 2048, 512, 80, 22_050, 1e-6),
    ];

    /// <summary>Samples at each end of a recording that mirror it.</summary>
    public int Mirrored => (FrameLength - HopLength) / 2;

    /// <summary>The number of frames of so many samples; none where there are too few to mirror.</summary>
    public long CountOf(long samples) => samples <= Mirrored ? 0 : samples / HopLength;
}
