using ModelGate.Artifacts;

namespace ModelGate.Architecture;

/// <summary>
/// Hyperparameters that a configuration declares: config.json of HiFi-GAN, the VITS family and RVC, model_config.json of the grouped-residual
/// HiFi-GAN, and RVC's list of eighteen.
/// </summary>
internal static class DeclaredHyperparameters
{
    /// <summary>The number of elements of RVC's list.</summary>
    public const int RvcLength = 18;

    private static readonly (string Name, string[] Paths)[] Places =
    [
        ("hidden_channels", ["model.hidden_channels", "3"]),
        ("inter_channels", ["model.inter_channels", "2"]),
        ("filter_channels", ["model.filter_channels", "4"]),
        ("n_heads", ["model.n_heads", "5"]),
        ("n_layers", ["model.n_layers", "6"]),
        ("kernel_size", ["model.kernel_size", "7"]),
        ("resblock_kernel_sizes", ["resblock_kernel_sizes", "model.resblock_kernel_sizes", "10"]),
        ("upsample_rates", ["upsample_rates", "model.upsample_rates", "model_architecture.upsample_rates", "12"]),
        ("upsample_initial_channel", ["upsample_initial_channel", "model.upsample_initial_channel", "model_architecture.upsample_initial_channel", "13"]),
        ("upsample_kernel_sizes", ["upsample_kernel_sizes", "model.upsample_kernel_sizes", "model_architecture.upsample_kernel_sizes", "14"]),
        ("speakers", ["model.spk_embed_dim", "model.n_speakers", "data.n_speakers", "15"]),
        ("gin_channels", ["model.gin_channels", "16"]),
        ("sampling_rate", ["sampling_rate", "data.sampling_rate", "training_config.sampling_rate", "training_config.sample_rate", "audio.sample_rate", "17"]),
        ("hop_length", ["code_hop_size", "hop_size", "data.hop_length", "training_config.hop_length", "training_config.hop_size", "hop_length"]),
        ("num_mels", ["num_mels", "model_architecture.num_mels", "training_config.num_mels", "training_config.n_mels"]),
        ("LoRA rank", ["lora_rank", "model_architecture.lora_rank", "training_config.lora_rank", "lora.rank", "lora.r", "lora_config.rank", "lora_config.r"]),
    ];

    private static readonly string[] Adapters =
    [
        "use_lora", "model_architecture.use_lora", "training_config.use_lora", "lora.enabled", "lora.use_lora", "lora_config.enabled", "model_architecture.lora.enabled",
        "training_config.lora.enabled",
    ];

    private static readonly string[] BlockPaths = ["resblock", "model.resblock", "9"];
    private static readonly string[] LayerPaths = ["model_architecture.mrf_layers", "mrf_layers", "model.mrf_layers"];
    private static readonly string[] LayerMembers = ["num_blocks", "channels"];

    /// <summary>What a configuration declares, in a fixed order.</summary>
    public static IReadOnlyList<Hyperparameter> Of(ConfigurationValue root)
    {
        var found = new List<Hyperparameter>();
        foreach (var (name, paths) in Places)
        {
            if (paths.Select(p => (Path: p, Values: Numbers(root.Find(p)))).FirstOrDefault(p => p.Values is not null) is { Values: { } values } place)
            {
                found.Add(new Hyperparameter(name, values, place.Path));
            }
        }

        if (found.FirstOrDefault(h => h.Name == "upsample_rates") is { } rates)
        {
            found.Add(new Hyperparameter("upsampling stages", [rates.Values.Count], rates.Place));
            if (rates.Values.Count > 1)
            {
                found.Add(rates with { Name = "upsample_rates after the first", Values = [.. rates.Values.Skip(1)] });
            }
        }

        // HiFi-GAN's code compares with the text "1": all else builds the second type.
        if (BlockPaths.Select(p => (Path: p, Value: root.Find(p))).FirstOrDefault(p => p.Value is not null) is { Value: { } resblock } type)
        {
            found.Add(new Hyperparameter("resblock", [resblock is ConfigurationValue.Text { Value: "1" } ? 1 : 2], type.Path));
        }

        Spectrum(root, found);
        Layers(root, found);
        if (Adapters.Select(p => (Path: p, Value: root.Find(p))).FirstOrDefault(p => p.Value is not null) is { Value: { } adapters } flag)
        {
            found.Add(new Hyperparameter("LoRA", [adapters.IsTrue ? 1 : 0], flag.Path));
        }

        return found;
    }

    private static void Spectrum(ConfigurationValue root, List<Hyperparameter> found)
    {
        if (root.Find("data.filter_length")?.Whole is { } length)
        {
            found.Add(new Hyperparameter("spec_channels", [(length / 2) + 1], "data.filter_length"));
        }
        else if (root is ConfigurationValue.List && root.Find("0")?.Whole is { } bins)
        {
            found.Add(new Hyperparameter("spec_channels", [bins], "0"));
        }
    }

    private static void Layers(ConfigurationValue root, List<Hyperparameter> found)
    {
        if (LayerPaths.FirstOrDefault(p => root.Find(p) is ConfigurationValue.List { Items.Count: > 0 and < 10_000 }) is not { } path)
        {
            return;
        }

        var layers = ((ConfigurationValue.List)root.Find(path)!).Items;
        foreach (var name in LayerMembers)
        {
            var values = layers.Select(l => l.Find(name)?.Whole).ToArray();
            if (values.All(v => v is not null))
            {
                found.Add(new Hyperparameter(name, [.. values.Select(v => v!.Value)], path));
            }
        }
    }

    private static long[]? Numbers(ConfigurationValue? value) => value switch
    {
        ConfigurationValue.Integer number => [number.Value],
        ConfigurationValue.List { Items.Count: > 0 and <= 1000 } list when list.Items.All(i => i is ConfigurationValue.Integer) => [.. list.Items.Select(i => i.Whole!.Value)],
        _ => null,
    };
}
