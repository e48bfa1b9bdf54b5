using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>The normalizing flow between the encoder's latent and the decoder's, run backwards: four coupling layers with the channels reversed before each.</summary>
internal sealed class Flow
{
    private const int Couplings = 4;
    private const int Layers = 3;

    private readonly Coupling[] couplings;

    /// <summary>Declares the flow.</summary>
    public Flow(Slots slots, RvcSettings settings)
        => couplings = [.. Enumerable.Range(0, Couplings).Select(i => new Coupling(slots.In($"flows.{2 * i}"), settings))];

    /// <summary>From the encoder's latent to the decoder's.</summary>
    public Tensor Reverse(Tensor latent, Tensor speaker)
    {
        using var scope = NewDisposeScope();
        var x = latent;
        for (var i = Couplings - 1; i >= 0; i--)
        {
            x = couplings[i].Reverse(x.flip(1), speaker);
        }

        return x.MoveToOuterDisposeScope();
    }

    private sealed class Coupling(Slots slots, RvcSettings settings)
    {
        private readonly long half = settings.Inter / 2;
        private readonly Convolution before = Convolution.Of(slots, "pre", settings.Hidden, settings.Inter / 2, 1);
        private readonly GatedConvolutions gated = new(slots.In("enc"), settings.Hidden, Layers, settings.SpeakerChannels);
        private readonly Convolution after = Convolution.Of(slots, "post", settings.Inter / 2, settings.Hidden, 1);

        // Of one half the other half's shift is taken back; there is no scale.
        public Tensor Reverse(Tensor x, Tensor speaker)
        {
            using var scope = NewDisposeScope();
            var (kept, shifted) = (x.narrow(1, 0, half), x.narrow(1, half, half));
            var shift = after.Apply(gated.Apply(before.Apply(kept), speaker));
            return cat([kept, shifted.sub(shift)], 1).MoveToOuterDisposeScope();
        }
    }
}
