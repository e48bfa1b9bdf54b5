using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;
using ModelGate.ModelRuns;
using ModelGate.Torch.Networks.BigVgan;
using ModelGate.Torch.Networks.Rvc;
using ModelGate.Torch.Weights;

namespace ModelGate.Torch.Networks;

/// <summary>Chooses the network for a request: by the family's name, or by the keys of the weights; with the hyperparameters of its configuration, of the file itself, or of its shapes.</summary>
internal static class NetworkChoice
{
    private const string Known = $"{HifiGanNetwork.Name}, {BigVganNetwork.Name} and {RvcNetwork.Name}";

    /// <summary>Makes the network, without weights.</summary>
    /// <param name="architecture">What the request says of it, or null.</param>
    /// <param name="configuration">The trainer's configuration, or null.</param>
    /// <param name="checkpoint">The file with the weights; null where it cannot be read or is not wanted.</param>
    /// <param name="container">The container of the weights that is meant, or null.</param>
    /// <exception cref="ModelException">No network that is known here fits.</exception>
    public static Network Of(RequestedArchitecture? architecture, ConfigurationValue? configuration, Checkpoint? checkpoint, string? container)
    {
        var weights = checkpoint is null ? null : StateDicts.Of(checkpoint, container);
        var shapes = weights is null ? null : new WeightShapes(weights);
        return (architecture?.Family ?? Recognize(weights)) switch
        {
            HifiGanNetwork.Name => new HifiGanNetwork(HifiGan(architecture?.Variant, configuration, shapes)),
            BigVganNetwork.Name => new BigVganNetwork(BigVgan(architecture?.Variant, configuration)),
            RvcNetwork.Name => new RvcNetwork(RvcSettingsSource.Of(architecture?.Variant, configuration, checkpoint, shapes)),
            var other => throw new ModelException(SafeText.Of($"the architecture \"{other}\" cannot be run; only {SafeText.From(Known)} can")),
        };
    }

    private static HifiGanSettings HifiGan(string? variant, ConfigurationValue? configuration, WeightShapes? shapes)
        => configuration is not null ? HifiGanSettings.OfConfiguration(configuration)
            : variant is not null ? HifiGanSettings.OfVariant(variant)
            : shapes is not null ? HifiGanSettings.OfShapes(shapes)
            : throw new ModelException(SafeText.Of($"hifi-gan needs its config.json or the name of a variant"));

    private static BigVganSettings BigVgan(string? variant, ConfigurationValue? configuration)
        => configuration is not null ? BigVganSettings.OfConfiguration(configuration)
            : variant is not null ? BigVganSettings.OfVariant(variant)
            : throw new ModelException(SafeText.Of($"bigvgan needs its config.json, or the name of a variant: its rates, its dilations and whether alpha and beta are logarithms are in no tensor"));

    private static string Recognize(IReadOnlyDictionary<string, TensorEntry>? weights)
    {
        if (weights is null)
        {
            throw new ModelException(SafeText.Of($"no architecture is named"));
        }

        var family = ModelFamilies.All.Recognize(new FamilyTensors(weights.Keys, name => weights.GetValueOrDefault(name)?.Shape));
        return family is null
            ? throw new ModelException(SafeText.Of($"the keys of the weights are of no architecture that is known; {SafeText.From(Known)} can be run"))
            : family.Name is HifiGanNetwork.Name or BigVganNetwork.Name or RvcNetwork.Name
                ? family.Name
                : throw new ModelException(SafeText.Of($"the weights are of the family {family.Name}, which cannot be run; {SafeText.From(Known)} can"));
    }
}
