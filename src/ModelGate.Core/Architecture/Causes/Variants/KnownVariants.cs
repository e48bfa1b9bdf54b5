namespace ModelGate.Architecture.Causes.Variants;

/// <summary>Variants of known families by the few shapes that tell them apart.</summary>
/// <remarks>
/// RVC: the width of the phone embedding tells the version, the number of upsampling stages and the first kernels the rate
/// (v2: 20, 16, 24 for 32, 40 and 48 kHz). v1 at 32 and 48 kHz has equal decoders: the first noise convolution tells them apart, or the
/// posterior encoder; an export without pitch has neither. HiFi-GAN: the width of conv_pre.
/// </remarks>
internal static class KnownVariants
{
    private static readonly string[] Weights = ["weight_v", "parametrizations.weight.original1", "weight"];

    /// <summary>The variants that the names and shapes fit; more than one where nothing tells them apart, none where the family is not known.</summary>
    /// <param name="names">All names.</param>
    /// <param name="shapeOf">The shape of a name, or null where it is not there.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> names, Func<string, IReadOnlyList<long>?> shapeOf)
    {
        if (shapeOf("enc_p.emb_phone.weight") is [_, var phone] && phone is 256 or 768)
        {
            return Rvc(phone == 256, shapeOf);
        }

        return Weight("conv_pre", shapeOf) is [var width, _, _] && shapeOf("ups.0.bias") is not null && !names.Any(n => n.StartsWith("mrfs.", StringComparison.Ordinal))
            ? (width, Weight("resblocks.0.convs1.0", shapeOf) is not null) switch
            {
                (512, true) => ["HiFi-GAN V1 (512 initial channels)"],
                (128, true) => ["HiFi-GAN V2 (128 initial channels)"],
                (256, false) => ["HiFi-GAN V3 (256 initial channels)"],
                _ => [],
            }
            : [];
    }

    private static string[] Rvc(bool first, Func<string, IReadOnlyList<long>?> shapeOf)
    {
        var stages = Enumerable.Range(0, 6).Count(i => shapeOf($"dec.ups.{i}.bias") is not null);
        var kernels = (Weight("dec.ups.0", shapeOf)?[^1] ?? 0, Weight("dec.ups.1", shapeOf)?[^1] ?? 0);
        if (!first)
        {
            return (stages, kernels) switch
            {
                (4, (20, 12)) => ["RVC v2 24k"],
                (4, (20, 16)) => ["RVC v2 32k"],
                (4, (16, 16)) => ["RVC v2 40k"],
                (4, (24, 20)) => ["RVC v2 48k"],
                _ => [],
            };
        }

        if (stages == 4 && kernels == (16, 16))
        {
            return ["RVC v1 40k"];
        }

        if (stages != 5)
        {
            return [];
        }

        return (shapeOf("dec.noise_convs.0.weight"), shapeOf("enc_q.pre.weight")) switch
        {
            ([_, _, 64], _) or (_, [_, 513, _]) => ["RVC v1 32k"],
            ([_, _, 96], _) or (_, [_, 1025, _]) => ["RVC v1 48k"],
            _ => ["RVC v1 32k", "RVC v1 48k"],
        };
    }

    private static IReadOnlyList<long>? Weight(string module, Func<string, IReadOnlyList<long>?> shapeOf)
        => Weights.Select(w => shapeOf(module + "." + w)).FirstOrDefault(s => s is { Count: > 0 });
}
