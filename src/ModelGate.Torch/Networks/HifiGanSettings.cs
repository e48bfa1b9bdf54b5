using ModelGate.Artifacts;
using ModelGate.Torch.Synthesis;
using ModelGate.Torch.Weights;

namespace ModelGate.Torch.Networks;

/// <summary>The hyperparameters of a HiFi-GAN generator.</summary>
/// <param name="Upsampling">Those of the stages.</param>
/// <param name="Bands">Bands of the mel spectrogram.</param>
/// <param name="Mel">How recordings become its input; null where no configuration says it.</param>
/// <param name="Variant">The paper's configuration that it is, or null.</param>
internal sealed record HifiGanSettings(UpsamplingSettings Upsampling, long Bands, MelSettings? Mel, string? Variant)
{
    private const long DefaultBands = 80;

    private static readonly IReadOnlyList<IReadOnlyList<long>> PairDilations = [[1, 3, 5], [1, 3, 5], [1, 3, 5]];
    private static readonly IReadOnlyList<IReadOnlyList<long>> SingleDilations = [[1, 2], [2, 6], [3, 12]];

    // config_v1.json, config_v2.json and config_v3.json of the original code.
    private static readonly IReadOnlyDictionary<string, UpsamplingSettings> Variants = new Dictionary<string, UpsamplingSettings>(StringComparer.Ordinal)
    {
        ["v1"] = new(ResidualBlockType.Pairs, [8, 8, 2, 2], [16, 16, 4, 4], 512, [3, 7, 11], PairDilations),
        ["v2"] = new(ResidualBlockType.Pairs, [8, 8, 2, 2], [16, 16, 4, 4], 128, [3, 7, 11], PairDilations),
        ["v3"] = new(ResidualBlockType.Single, [8, 8, 4], [16, 16, 8], 256, [3, 5, 7], SingleDilations),
    };

    /// <summary>Those of a config.json.</summary>
    public static HifiGanSettings OfConfiguration(ConfigurationValue configuration)
    {
        var values = new Hyperparameters(configuration);
        var block = values.Block("resblock", "model.resblock");
        var settings = new UpsamplingSettings(
            block,
            values.Wholes("upsample_rates", "model.upsample_rates"),
            values.Wholes("upsample_kernel_sizes", "model.upsample_kernel_sizes"),
            values.Whole("upsample_initial_channel", "model.upsample_initial_channel"),
            values.TryWholes("resblock_kernel_sizes", "model.resblock_kernel_sizes") ?? [3, 7, 11],
            values.TryLists("resblock_dilation_sizes", "model.resblock_dilation_sizes") ?? (block == ResidualBlockType.Pairs ? PairDilations : SingleDilations)).Checked();
        return new HifiGanSettings(settings, values.TryWhole("num_mels", "data.n_mel_channels") ?? DefaultBands, MelSettings.OfConfiguration(values), VariantOf(settings));
    }

    /// <summary>Those of a well-known configuration, at 22,050 Hz as in the original code.</summary>
    public static HifiGanSettings OfVariant(string variant) => Variants.TryGetValue(variant, out var settings)
        ? new HifiGanSettings(settings, DefaultBands, MelSettings.OfHifiGan, variant)
        : throw new ModelException(SafeText.Of($"hifi-gan has no variant \"{variant}\"; there are: {string.Join(", ", Variants.Keys)}"));

    /// <summary>Those that the shapes of weights show: rates are half of their kernels, as in all three configurations of the original code, and dilations are its own.</summary>
    public static HifiGanSettings OfShapes(WeightShapes shapes)
    {
        var kernels = shapes.Counted(i => $"ups.{i}").Select(s => s[2]).ToList();
        var before = shapes.Weight("conv_pre");
        if (kernels.Count == 0 || before is not [var channels, var bands, _])
        {
            throw new ModelException(SafeText.Of($"the file holds no HiFi-GAN generator: it has no conv_pre with three dimensions beside ups.0"));
        }

        var block = shapes.Weight("resblocks.0.convs1.0") is not null ? ResidualBlockType.Pairs : ResidualBlockType.Single;
        var first = block == ResidualBlockType.Pairs ? "convs1.0" : "convs.0";
        var sizes = shapes.Counted(i => $"resblocks.{i}.{first}").Select(s => s[2]).ToList();
        var perStage = sizes.Count / kernels.Count;
        if (perStage is 0 or > 3)
        {
            throw new ModelException(SafeText.Of($"{sizes.Count} residual blocks in {kernels.Count} stages: their dilations are in no tensor, so the network needs its config.json"));
        }

        var settings = new UpsamplingSettings(
            block, [.. kernels.Select(k => k / 2)], kernels, channels, [.. sizes.Take(perStage)], block == ResidualBlockType.Pairs ? PairDilations : SingleDilations).Checked();
        return new HifiGanSettings(settings, bands, null, VariantOf(settings));
    }

    private static string? VariantOf(UpsamplingSettings settings) => Variants.FirstOrDefault(v => Same(v.Value, settings)).Key;

    private static bool Same(UpsamplingSettings one, UpsamplingSettings other)
        => one.Block == other.Block && one.InitialChannels == other.InitialChannels && one.Rates.SequenceEqual(other.Rates)
            && one.Kernels.SequenceEqual(other.Kernels) && one.BlockKernels.SequenceEqual(other.BlockKernels);
}
