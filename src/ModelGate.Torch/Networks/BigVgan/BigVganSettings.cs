using ModelGate.Architecture.Families;
using ModelGate.Artifacts;
using ModelGate.Torch.Synthesis;

namespace ModelGate.Torch.Networks.BigVgan;

/// <summary>The hyperparameters of a BigVGAN generator.</summary>
/// <param name="Upsampling">Those of the stages.</param>
/// <param name="Bands">Bands of the mel spectrogram.</param>
/// <param name="Periodic">The periodic function.</param>
/// <param name="HasFinalBias">Whether the last convolution has a bias.</param>
/// <param name="IsBoundedByTanh">Whether tanh keeps the output within 1; else it is cut off there.</param>
/// <param name="Mel">How recordings become its input; null where no configuration says it.</param>
internal sealed record BigVganSettings(UpsamplingSettings Upsampling, long Bands, PeriodicSettings Periodic, bool HasFinalBias, bool IsBoundedByTanh, MelSettings? Mel)
{
    /// <summary>Those of a config.json.</summary>
    public static BigVganSettings OfConfiguration(ConfigurationValue configuration)
    {
        var values = new Hyperparameters(configuration);
        var block = values.TryText("resblock") switch
        {
            "1" => ResidualBlockType.Pairs,
            "2" => ResidualBlockType.Single,
            var other => throw new ModelException(SafeText.Of($"BigVGAN's resblock is \"1\" or \"2\", and the configuration has {(other is null ? "none" : $"\"{other}\"")}")),
        };
        var settings = new UpsamplingSettings(
            block,
            values.Wholes("upsample_rates"),
            values.Wholes("upsample_kernel_sizes"),
            values.Whole("upsample_initial_channel"),
            values.Wholes("resblock_kernel_sizes"),
            values.TryLists("resblock_dilation_sizes") ?? throw new ModelException(SafeText.Of($"the configuration has no resblock_dilation_sizes"))).Checked();
        var hasBeta = values.TryText("activation") switch
        {
            null or "snakebeta" => true,
            "snake" => false,
            var other => throw new ModelException(SafeText.Of($"BigVGAN's activation is \"snakebeta\" or \"snake\", and the configuration has \"{other}\"")),
        };
        var isLogarithmic = values.TryTruth("snake_logscale") ?? throw new ModelException(SafeText.Of($"the configuration has no snake_logscale: whether alpha and beta are logarithms is in no tensor"));
        return new BigVganSettings(
            settings, values.Whole("num_mels"), new PeriodicSettings(hasBeta, isLogarithmic), values.TryTruth("use_bias_at_final") ?? true,
            values.TryTruth("use_tanh_at_final") ?? true, MelSettings.OfConfiguration(values));
    }

    /// <summary>Those of a well-known configuration: what the published config.json files of NVIDIA have in common beside the family's template.</summary>
    public static BigVganSettings OfVariant(string variant)
    {
        var family = ModelFamilies.Find(BigVganNetwork.Name)!;
        if (!family.Variants.Contains(variant, StringComparer.Ordinal))
        {
            throw new ModelException(SafeText.Of($"bigvgan has no variant \"{variant}\"; there are: {string.Join(", ", family.Variants)}"));
        }

        var isSecond = variant.StartsWith("v2", StringComparison.Ordinal);
        var members = new Dictionary<string, ConfigurationValue>(family.Variant(variant), StringComparer.Ordinal)
        {
            ["snake_logscale"] = new ConfigurationValue.Truth(true),
            ["use_tanh_at_final"] = new ConfigurationValue.Truth(!isSecond),
        };
        return OfConfiguration(new ConfigurationValue.Map(members));
    }
}
