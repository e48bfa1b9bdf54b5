using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>The one input of a vocoder: a log-mel spectrogram of [batch, bands, frames].</summary>
internal static class MelInput
{
    /// <summary>The input's name.</summary>
    public const string Name = "mel";

    // Log-mel spectrograms of speech lie around -5, floor and peaks about two deviations away.
    private const double Mean = -5;
    private const double Deviation = 2;

    /// <summary>The input, checked.</summary>
    public static Tensor Of(IReadOnlyDictionary<string, Tensor> inputs, long bands)
    {
        var mel = ModelInputs.Find(inputs, Name, "the log-mel spectrogram");
        return mel.shape is [_, var height, > 0] && height == bands
            ? mel
            : throw new ModelException(SafeText.Of($"{SafeText.From(Name)} has the shape {ModelInputs.Shown(mel.shape)}, and the network takes [batch, {bands}, frames]"));
    }

    /// <summary>Normally distributed values in the range of speech.</summary>
    public static IReadOnlyDictionary<string, Tensor> Generate(long bands, long frames, long batch, long seed)
    {
        manual_seed(seed);
        return new Dictionary<string, Tensor>(StringComparer.Ordinal) { [Name] = randn(batch, bands, frames).mul_(Deviation).add_(Mean) };
    }
}
