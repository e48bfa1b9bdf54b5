namespace ModelGate.Torch.Networks.Rvc;

/// <summary>The posterior encoder (enc_q) of a training checkpoint. Training alone runs it, so here it has tensors and no computation.</summary>
internal static class PosteriorEncoder
{
    private const int Layers = 16;

    /// <summary>Declares its tensors.</summary>
    public static void Declare(Slots slots, RvcSettings settings, long spectrumBins)
    {
        _ = Convolution.Of(slots, "pre", settings.Hidden, spectrumBins, 1);
        _ = new GatedConvolutions(slots.In("enc"), settings.Hidden, Layers, settings.SpeakerChannels);
        _ = Convolution.Of(slots, "proj", 2 * settings.Inter, settings.Hidden, 1);
    }
}
