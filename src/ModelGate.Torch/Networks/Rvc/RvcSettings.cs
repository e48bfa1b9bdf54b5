namespace ModelGate.Torch.Networks.Rvc;

/// <summary>The hyperparameters of an RVC synthesizer.</summary>
/// <param name="Features">Numbers of a frame of features: 256 in v1, 768 in v2.</param>
/// <param name="HasPitch">Whether it takes pitch.</param>
/// <param name="SampleRate">Samples of a second.</param>
/// <param name="SpectrumBins">Bins of the spectrogram that the posterior encoder takes; null where there is none, as in exports.</param>
/// <param name="Inter">Channels of the latent.</param>
/// <param name="Hidden">Channels of the encoders and of the flow.</param>
/// <param name="Filter">Channels of the feed-forward parts.</param>
/// <param name="Heads">Heads of the attention.</param>
/// <param name="Layers">Layers of the encoder.</param>
/// <param name="Kernel">Kernel of the feed-forward parts.</param>
/// <param name="Upsampling">Those of the decoder's stages.</param>
/// <param name="Speakers">Rows of the table of speakers.</param>
/// <param name="SpeakerChannels">Numbers of a speaker's vector.</param>
internal sealed record RvcSettings(
    long Features,
    bool HasPitch,
    int SampleRate,
    long? SpectrumBins,
    long Inter,
    long Hidden,
    long Filter,
    long Heads,
    long Layers,
    long Kernel,
    UpsamplingSettings Upsampling,
    long Speakers,
    long SpeakerChannels)
{
    /// <summary>The name, such as <c>v2_48k_f0</c>; null where it is none of RVC's own.</summary>
    public string? Variant { get; init; }

    /// <summary>Refuses what no network can be made of.</summary>
    public RvcSettings Checked()
    {
        Upsampling.Checked();
        ReadOnlySpan<long> sizes = [Features, Inter, Hidden, Filter, Heads, Layers, Kernel, Speakers, SpeakerChannels];
        foreach (var size in sizes)
        {
            if (size is < 1 or > 1 << 20)
            {
                throw new ModelException(SafeText.Of($"a hyperparameter of the network is {size}"));
            }
        }

        if (Hidden % Heads != 0 || Inter % 2 != 0 || Layers > 1000)
        {
            throw new ModelException(SafeText.Of($"{Hidden} channels with {Heads} heads, a latent of {Inter} channels and {Layers} layers do not form a valid RVC network"));
        }

        return SampleRate is > 0 and < 1_000_000 ? this : throw new ModelException(SafeText.Of($"{SampleRate} Hz is not a valid sample rate"));
    }
}
