using ModelGate.Architecture.Families;
using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Keys;
using ModelGate.Runs;
using ModelGate.Tests.Architecture.Families;

namespace ModelGate.Tests.Gates.Keys;

public class DeclaredConfigurationMustHoldTests
{
    private const string Eighteen = """[1025, 32, 192, 192, 768, 2, 6, 3, 0, "1", [3, 7, 11], [[1, 3, 5], [1, 3, 5], [1, 3, 5]], [12, 10, 2, 2], 512, [24, 20, 4, 4], 109, 256, 48000]""";

    [Fact]
    public void Passes_for_the_sample_and_its_training_configuration()
    {
        var judgement = Judge(Loaded.Lexi("lexi.pth"), Configuration(FamilyLists.Config("lexi_config")));

        judgement.Findings.Select(f => f.Message.Value).Should().BeEmpty();
        judgement.Measurements.Single(m => m.Signal == "compared-hyperparameters").Observed.Should().BeGreaterThan(25);
    }

    [Theory]
    [InlineData("v2-48k", Eighteen, "48k", "v2", 1)]
    [InlineData("v2-48k", Eighteen, "48k", "v2", 0, "f0 is false by the model's f0, and true by the tensors (enc_p.emb_pitch)")]
    [InlineData("v2-48k", Eighteen, "40k", "v2", 1, "sampling_rate is 48000 by the model's config[17], and 40000 by the model's sr")]
    [InlineData("v2-48k", Eighteen, "48k", "v1", 1, "version is v1 by the model's version, and v2 by the tensors (enc_p.emb_phone)")]
    [InlineData("v2-48k", Eighteen, "48k", null, 1, "version is v1 by the model, which states no version, and v2 by the tensors (enc_p.emb_phone)")]
    [InlineData("v2-40k", Eighteen, "48k", "v2", 1, "upsample_kernel_sizes is [24, 20, 4, 4] by the model's config[14], and [16, 16, 4, 4] by the tensors (dec.ups)")]
    [InlineData("v2-32k", Eighteen, "48k", "v2", 1,
        "upsample_kernel_sizes is [24, 20, 4, 4] by the model's config[14], and [20, 16, 4, 4] by the tensors (dec.ups)",
        "upsample_rates after the first is [10, 2, 2] by the model's config[12], and [8, 2, 2] by the tensors (dec.noise_convs)")]
    public void Compares_the_tensors_of_an_export(string variant, string list, string sr, string? version, int f0, params string[] contradictions)
        => Judge(Export(variant, list, sr, version, f0), null).Findings.Select(f => f.Message.Value).Should().BeEquivalentTo(contradictions);

    [Theory]
    [InlineData("48000]", "40000]", "sampling_rate is 40000 by the model's config[17], and 48000 by the model's sr",
        "prod(upsample_rates) * 100 is 48000 by the model's config[12], and sampling_rate is 40000 by the model's config[17]: a frame of RVC is a hundredth of a second")]
    [InlineData("109, 256", "90, 256", "spk_embed_dim is 90 by the model's config[15], and 109 by the tensors (emb_g)")]
    [InlineData("192, 768, 2, 6", "192, 768, 4, 5", "n_layers is 5 by the model's config[6], and 6 by the tensors (enc_p.encoder.attn_layers)",
        "n_heads is 4 by the model's config[5], and 2 by the tensors (enc_p.encoder.attn_layers.0)")]
    [InlineData("\"1\", [3, 7, 11]", "\"2\", [3, 5, 7]", "resblock is 2 by the model's config[9], and 1 by the tensors (dec.resblocks.0.convs1.0)",
        "resblock_kernel_sizes is [3, 5, 7] by the model's config[10], and [3, 7, 11] by the tensors (dec.resblocks)")]
    [InlineData(", 48000]", ", null]", "config[17]: sampling_rate is null; it has to be a whole number from 0 to 100000000")]
    [InlineData("[24, 20, 4, 4], 109", "[24, 20, 4], 109", "upsample_rates and upsample_kernel_sizes differ in length, by the model's config[12]",
        "upsample_kernel_sizes is [24, 20, 4] by the model's config[14], and [24, 20, 4, 4] by the tensors (dec.ups)")]
    [InlineData(", 48000]", "]", "config has 17 items, and rvc's has 18")]
    public void Names_the_one_element_that_lies(string from, string to, params string[] contradictions)
        => Judge(Export("v2-48k", Eighteen.Replace(from, to, StringComparison.Ordinal), "48k", "v2", 1), null).Findings.Select(f => f.Message.Value).Should().BeEquivalentTo(contradictions);

    [Fact]
    public void Compares_the_configuration_of_the_run()
    {
        var run = FamilyLists.Json("""
            { "data": { "sampling_rate": 40000, "filter_length": 2048, "hop_length": 400 },
              "model": { "hidden_channels": 192, "upsample_rates": [10, 10, 2, 2], "upsample_kernel_sizes": [16, 16, 4, 4] } }
            """);

        Judge(Export("v2-48k", Eighteen, "48k", "v2", 1), Configuration(run)).Findings.Select(f => f.Message.Value).Should().BeEquivalentTo(
            "upsample_kernel_sizes is [16, 16, 4, 4] by config.json (model.upsample_kernel_sizes), and [24, 20, 4, 4] by the tensors (dec.ups)",
            "sampling_rate is 48000 by the model's config[17], and 40000 by config.json (data.sampling_rate)",
            "upsample_rates is [12, 10, 2, 2] by the model's config[12], and [10, 10, 2, 2] by config.json (model.upsample_rates)");
    }

    [Theory]
    [InlineData(3, "false", 0)]
    [InlineData(2, "false", 1, "num_blocks is [2, 2, 2, 2] by config.json (model_architecture.mrf_layers), and [3, 3, 3, 3] by the tensors (mrfs)")]
    [InlineData(3, "true", 1, "config.json (training_config.use_lora) declares LoRA, and there is no lora_ among the keys: it was merged (then say mergedLora), or is missing")]
    public void Counts_grouped_residual_blocks(int blocks, string lora, int count, params string[] contradictions)
    {
        var widths = new[] { 32, 16, 8, 4 };
        var config = FamilyLists.Json($$"""
            { "model_architecture": { "mrf_layers": [ {{string.Join(", ", widths.Select(w => $"{{ \"channels\": {w}, \"num_blocks\": {blocks} }}"))}} ] },
              "training_config": { "sampling_rate": 22050, "use_lora": {{lora}} } }
            """);
        var model = Loaded.File<Checkpoint>(Repository.PathOf("samples", "grc", "best_model.pth"));

        Judge(model, Configuration(config)).Findings.Select(f => f.Message.Value).Should().BeEquivalentTo(contradictions).And.HaveCount(count);
        Judge(model, Configuration(config), new() { MergedLora = true, Limit = blocks == 2 ? 1 : 0 }).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Finds_the_adapters_that_are_not_declared()
    {
        var config = FamilyLists.Json("""{ "upsample_kernel_sizes": [4, 4], "upsample_initial_channel": 64, "use_lora": false, "mrf_layers": [ { "num_blocks": 2 }, { "num_blocks": 2 } ] }""");
        var model = Weights("m.pth", ModelFamilies.Find("grouped-residual-hifi-gan")!.Expect(null, config, (ConfigurationValue.Map)FamilyLists.Json("""{ "lora": "lora-ab" }""")), []);

        Judge(model, Configuration(config)).Findings.Should().ContainSingle().Which.Message.Value.Should().Be(
            "config.json (use_lora) declares no LoRA, and mrfs.0.convs.0.conv1.lora_A was not merged into the weights");
    }

    [Fact]
    public void The_hop_length_is_the_product_of_the_rates()
    {
        var config = FamilyLists.Json("""{ "resblock": "1", "upsample_rates": [8, 8, 2, 2], "upsample_kernel_sizes": [16, 16, 4, 4], "upsample_initial_channel": 512, "resblock_kernel_sizes": [3, 7, 11], "hop_size": 300 }""");

        Judge(Weights("g", "hifigan_generator_v1_weight_norm", []), Configuration(config)).Findings.Should().ContainSingle().Which.Message.Value.Should()
            .Be("prod(upsample_rates) is 256 by config.json (upsample_rates), and hop_length is 300 by config.json (hop_size): the output would have another length");
    }

    // Its hop_size and num_mels are those of the mel loss; a unit stands for code_hop_size samples, and enters as a vector.
    [Fact]
    public void Passes_for_a_unit_vocoder()
    {
        var config = FamilyLists.Json("""
            { "resblock": "1", "num_embeddings": 1000, "embedding_dim": 128, "model_in_dim": 128, "upsample_rates": [5, 4, 4, 2, 2], "upsample_kernel_sizes": [11, 8, 8, 4, 4],
              "upsample_initial_channel": 512, "resblock_kernel_sizes": [3, 7, 11], "num_mels": 80, "hop_size": 256, "code_hop_size": 320 }
            """);

        Judge(Weights("g", ModelFamilies.Find("code-hifi-gan")!.Expect(null, config), []), Configuration(config)).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Is_inconclusive_where_nothing_is_declared()
        => Judge(Loaded.Weights("m.pth", ("a", [1])), null).IsInconclusive.Should().BeTrue();

    private static Judgement Judge(ArtifactFile<Checkpoint> model, ArtifactFile<TrainerConfiguration>? configuration, DeclaredConfigurationMustHold.Options? options = null)
    {
        var run = new GateRun().With(ArtifactRole.Model, model.Path, model.Content);
        return (configuration is null ? run : run.With(ArtifactRole.Config, configuration.Path, configuration.Content))
            .Judge(new DeclaredConfigurationMustHold(), options ?? new()).Should().ContainSingle().Which.Judgement;
    }

    private static ArtifactFile<TrainerConfiguration> Configuration(ConfigurationValue root) => new("config.json", 1, default, new TrainerConfiguration(root));

    private static ArtifactFile<Checkpoint> Export(string variant, string list, string sr, string? version, int f0)
    {
        var metadata = new List<KeyValuePair<string, MetadataValue>>
        {
            new("config", Convert(FamilyLists.Json(list))),
            new("sr", new MetadataValue.Text(sr)),
            new("f0", new MetadataValue.Integer(f0)),
        };
        if (version is not null)
        {
            metadata.Add(new("version", new MetadataValue.Text(version)));
        }

        return Weights("lexi.pth", $"rvc_{variant.Replace('-', '_')}_f0_infer", metadata);
    }

    // The keys of a real network: Fixtures/families/README.md.
    private static ArtifactFile<Checkpoint> Weights(string name, string list, IReadOnlyList<KeyValuePair<string, MetadataValue>> metadata)
    {
        var file = Loaded.Weights(name, [.. FamilyLists.Of(list).Select(k => (k.Key, k.Value.Length == 0 ? [] : k.Value.Split(',').Select(long.Parse).ToArray()))]);
        return file with { Content = file.Content with { Metadata = metadata } };
    }

    private static ArtifactFile<Checkpoint> Weights(string name, KeyManifest keys, IReadOnlyList<KeyValuePair<string, MetadataValue>> metadata)
    {
        var file = Loaded.Weights(name, [.. keys.Keys.Select(k => (k.Key, k.Value.Shape.ToArray()))]);
        return file with { Content = file.Content with { Metadata = metadata } };
    }

    private static MetadataValue Convert(ConfigurationValue value) => value switch
    {
        ConfigurationValue.List list => new MetadataValue.List([.. list.Items.Select(Convert)]),
        ConfigurationValue.Text text => new MetadataValue.Text(text.Value),
        ConfigurationValue.Null => new MetadataValue.Null(),
        _ => new MetadataValue.Integer(value.Whole!.Value),
    };
}
