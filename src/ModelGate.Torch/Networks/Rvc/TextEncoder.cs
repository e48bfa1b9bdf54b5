using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>RVC's encoder of features and pitch (enc_p): to the mean and the logarithm of the deviation of the latent.</summary>
internal sealed class TextEncoder
{
    private const double Slope = 0.1;

    private readonly long hidden;
    private readonly long inter;
    private readonly Slot featureWeight;
    private readonly Slot featureBias;
    private readonly Slot? pitch;
    private readonly TransformerLayer[] layers;
    private readonly Convolution projection;

    /// <summary>Declares the encoder.</summary>
    public TextEncoder(Slots slots, RvcSettings settings)
    {
        (hidden, inter) = (settings.Hidden, settings.Inter);
        featureWeight = slots.Plain("emb_phone.weight", hidden, settings.Features);
        featureBias = slots.Plain("emb_phone.bias", hidden);
        pitch = settings.HasPitch ? slots.Plain("emb_pitch.weight", RvcNetwork.PitchSteps, hidden) : null;
        layers = [.. Enumerable.Range(0, (int)settings.Layers).Select(i => new TransformerLayer(slots.In("encoder"), i, settings))];
        projection = Convolution.Of(slots, "proj", 2 * inter, hidden, 1);
    }

    /// <summary>Encodes features of [batch, time, width] and pitch of [batch, time].</summary>
    public (Tensor Mean, Tensor LogDeviation) Apply(Tensor features, Tensor? coarsePitch)
    {
        using var scope = NewDisposeScope();
        var embedded = nn.functional.linear(features, featureWeight.Value, featureBias.Value);
        if (pitch is not null)
        {
            embedded.add_(pitch.Value.index_select(0, coarsePitch!.reshape(-1)).reshape(embedded.shape));
        }

        var x = embedded.mul_(Math.Sqrt(hidden)).leaky_relu_(Slope).transpose(1, 2).contiguous();
        foreach (var layer in layers)
        {
            x = layer.Apply(x);
        }

        var both = projection.Apply(x);
        return (both.narrow(1, 0, inter).contiguous().MoveToOuterDisposeScope(), both.narrow(1, inter, inter).contiguous().MoveToOuterDisposeScope());
    }
}
