using ModelGate.Architecture.Families;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Architecture.Families;

/// <summary>Counts of keys and elements that were taken from real networks under PyTorch, at hyperparameters whose lists are not kept here.</summary>
public class FamilyOfStatedCountsTests
{
    [Theory]
    [InlineData("so-vits-svc", "4.1", """{}""", 751)]
    [InlineData("so-vits-svc", "4.0", """{}""", 751)]
    [InlineData("so-vits-svc", "4.1", """{ "vol_embedding": true }""", 753)]
    [InlineData("so-vits-svc", "4.1", """{ "use_automatic_f0_prediction": false }""", 647)]
    [InlineData("so-vits-svc", "4.1", """{ "form": "release" }""", 648)]
    [InlineData("so-vits-svc", "4.1", """{ "weight_norm": "removed" }""", 585)]
    [InlineData("so-vits-svc", "4.1", """{ "vocoder_name": "nsf-snake-hifigan" }""", 1135)]
    [InlineData("so-vits-svc", "4.1-tiny", """{}""", 886)]
    [InlineData("so-vits-svc", "4.1", """{ "use_transformer_flow": true }""", 855)]
    [InlineData("rvc", "applio-24k", """{ "form": "training" }""", 560)]
    [InlineData("rvc", "v2-48k", """{ "vocoder": "mrf-hifi-gan" }""", 460)]
    [InlineData("rvc", "v2-48k", """{ "vocoder": "mrf-hifi-gan", "form": "training" }""", 563)]
    [InlineData("rvc", "applio-24k", """{ "vocoder": "refinegan" }""", 485)]
    [InlineData("rvc", "v2-40k", """{ "vocoder": "refinegan", "form": "training" }""", 588)]
    [InlineData("discriminator", "hifi-gan-msd", """{}""", 80)]
    public void Has_as_many_keys_as_the_real_network(string family, string variant, string parameters, int count)
        => FamilyLists.Manifest(family, variant, null, parameters).Keys.Should().HaveCount(count);

    [Theory]
    [InlineData("v1-32k", true, 36294338, 27471170)]
    [InlineData("v1-32k", false, 36225600, 27402432)]
    [InlineData("v1-40k", true, 36360514, 27439042)]
    [InlineData("v1-48k", false, 36323904, 27402432)]
    [InlineData("v2-32k", true, 36880706, 28057538)]
    [InlineData("v2-40k", false, 36387392, 27465920)]
    [InlineData("v2-48k", true, 37638466, 28716994)]
    public void Has_as_many_parameters_as_RVC(string variant, bool f0, long training, long export)
    {
        var flag = f0 ? "true" : "false";

        FamilyLists.Elements(FamilyLists.Manifest("rvc", variant, null, $$"""{ "f0": {{flag}}, "form": "training" }""")).Should().Be(training);
        FamilyLists.Elements(FamilyLists.Manifest("rvc", variant, null, $$"""{ "f0": {{flag}} }""")).Should().Be(export);
    }

    [Theory]
    [InlineData("rvc-v1", 54968286)]
    [InlineData("rvc-v2", 71410594)]
    [InlineData("vits", 46747132)]
    public void Has_as_many_parameters_as_a_discriminator(string variant, long count)
        => FamilyLists.Elements(FamilyLists.Manifest("discriminator", variant)).Should().Be(count);

    [Theory]
    [InlineData("ljs", "{}", 36321072)]
    [InlineData("ljs", """{ "use_sdp": false }""", 35349761)]
    [InlineData("ljs", """{ "form": "inference" }""", 28321051)]
    [InlineData("vctk", """{ "form": "inference" }""", 30115035)]
    [InlineData("vctk", """{ "weight_norm": "removed" }""", 39654704)]
    public void Has_as_many_parameters_as_VITS(string variant, string parameters, long count)
        => FamilyLists.Elements(FamilyLists.Manifest("vits", variant, null, parameters)).Should().Be(count);

    // n stages, m kernels: 3(n+2) + 3nm(6 or 2) keys, folded 2(n+2) + 2nm(6 or 2); channels are halved by integer division.
    [Theory]
    [InlineData("\"1\"", 6)]
    [InlineData("\"2\"", 2)]
    [InlineData("1", 2)]
    public void Follows_odd_hyperparameters_of_HiFi_GAN(string resblock, int convolutions)
    {
        var config = FamilyLists.Json($$"""
            { "resblock": {{resblock}}, "upsample_rates": [5, 3, 2, 2, 2], "upsample_kernel_sizes": [10, 6, 4, 4, 4], "upsample_initial_channel": 400, "resblock_kernel_sizes": [3, 5] }
            """);
        var keys = FamilyLists.Flat(FamilyLists.Manifest("hifi-gan", null, config));

        keys.Should().HaveCount((3 * 7) + (3 * 5 * 2 * convolutions));
        FamilyLists.Manifest("hifi-gan", null, config, """{ "weight_norm": "removed" }""").Keys.Should().HaveCount((2 * 7) + (2 * 5 * 2 * convolutions));
        keys["ups.3.weight_v"].Should().Be("50,25,4");
        keys["ups.4.weight_v"].Should().Be("25,12,4");
        keys["conv_post.weight_v"].Should().Be("1,12,7");
        keys[(convolutions == 6 ? "resblocks.9.convs1.0" : "resblocks.9.convs.0") + ".weight_v"].Should().Be("12,12,5");
    }

    [Theory]
    [InlineData("[4, 4, 2, 2, 2, 2]", "snakebeta", "", 784)]
    [InlineData("[4, 4, 2, 2, 2, 2]", "snakebeta", ", \"use_bias_at_final\": false", 783)]
    [InlineData("[8, 8, 2, 2]", "snakebeta", "", 526)]
    [InlineData("[8, 8, 2, 2]", "snake", "", 526 - 73)]
    public void Has_as_many_keys_as_BigVGAN(string rates, string activation, string rest, int count)
        => FamilyLists.Manifest("bigvgan", null, FamilyLists.Json($$"""
            { "resblock": "1", "num_mels": 100, "upsample_rates": {{rates}}, "upsample_kernel_sizes": {{rates}}, "upsample_initial_channel": 1536,
              "resblock_kernel_sizes": [3, 7, 11], "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5], [1, 3, 5]], "activation": "{{activation}}"{{rest}} }
            """)).Keys.Should().HaveCount(count);

    [Theory]
    [InlineData("", "legacy", 292)]
    [InlineData(""", "dur_predictor_params": { "encoder_embed_dim": 128, "var_pred_hidden_dim": 128, "var_pred_kernel_size": 3 }""", "legacy", 302)]
    [InlineData("", "removed", 195)]
    [InlineData(""", "dur_predictor_params": { "encoder_embed_dim": 128, "var_pred_hidden_dim": 128, "var_pred_kernel_size": 3 }""", "removed", 205)]
    [InlineData(""", "multispkr": "from_input_file", "f0_quant_num_bin": 32""", "legacy", 294)]
    public void Has_as_many_keys_as_CodeHiFiGAN(string rest, string weightNorm, int count)
        => FamilyLists.Manifest("code-hifi-gan", null, FamilyLists.Json($$"""
            { "resblock": "1", "num_embeddings": 1000, "embedding_dim": 128, "model_in_dim": 128, "upsample_rates": [5, 4, 4, 2, 2], "upsample_kernel_sizes": [11, 8, 8, 4, 4],
              "upsample_initial_channel": 512, "resblock_kernel_sizes": [3, 7, 11]{{rest}} }
            """), $$"""{ "weight_norm": "{{weightNorm}}" }""").Keys.Should().HaveCount(count);

    [Fact]
    public void Is_the_grouped_residual_network_nested_and_flat()
    {
        var config = FamilyLists.Json("""
            { "model_architecture": { "upsample_kernel_sizes": [4, 4, 4, 4],
              "mrf_layers": [ { "channels": 32, "num_blocks": 3 }, { "channels": 16, "num_blocks": 3 }, { "channels": 8, "num_blocks": 3 }, { "channels": 4, "num_blocks": 3 } ] } }
            """);

        foreach (var layout in new[] { "nested", "flat" })
        {
            var real = FamilyLists.Flat(Loaded.File<KeyManifest>(Repository.PathOf("samples", "grc", $"expected_{layout}.json")).Content);
            FamilyLists.Difference(FamilyLists.Flat(FamilyLists.Manifest("grouped-residual-hifi-gan", null, config, $$"""{ "layout": "{{layout}}" }""")), real).Should().BeEmpty();
        }

        var adapted = FamilyLists.Flat(FamilyLists.Manifest("grouped-residual-hifi-gan", null, config, """{ "lora": "lora-ab" }"""));
        adapted.Should().HaveCount(60 + 48);
        adapted["mrfs.0.convs.0.conv1.lora_A"].Should().Be("4,24");
        adapted["mrfs.1.convs.2.conv2.lora_B"].Should().Be("16,4");
        var peft = FamilyLists.Flat(FamilyLists.Manifest("grouped-residual-hifi-gan", null, config, """{ "lora": "peft", "lora_rank": 8 }"""));
        peft["base_model.model.mrfs.0.convs.0.conv1.base_layer.weight"].Should().Be("32,8,3");
        peft["base_model.model.mrfs.0.convs.0.conv1.lora_A.default.weight"].Should().Be("8,32,3");
        peft["base_model.model.mrfs.0.convs.0.conv1.lora_B.default.weight"].Should().Be("32,2,1");
    }

    // Twelve blocks: of each, one more pair of convolutions with three keys.
    [Fact]
    public void Follows_the_dilations_only_where_the_trainer_does()
    {
        const string Dilations = """ "resblock_dilation_sizes": [[1, 3, 5, 7], [1, 3, 5, 7], [1, 3, 5, 7]] }""";

        FamilyLists.Manifest("rvc", "v2-48k", null, "{" + Dilations).Keys.Should().HaveCount(457);
        FamilyLists.Manifest("rvc", "v2-48k", null, """{ "trainer": "applio",""" + Dilations).Keys.Should().HaveCount(457 + (12 * 2 * 3));
    }

    [Fact]
    public void Is_on_the_page_with_its_variants()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "families.md"));
        foreach (var family in ModelFamilies.Names.Select(n => ModelFamilies.Find(n)!))
        {
            page.Should().Contain($"| {family.Name} |");
            family.Variants.Where(v => !page.Contains(v, StringComparison.Ordinal)).Should().BeEmpty();
        }
    }

    [Fact]
    public void Holds_every_variant_of_every_family()
    {
        foreach (var family in ModelFamilies.Names.Select(n => ModelFamilies.Find(n)!))
        {
            family.Title.Should().NotBeEmpty();
            family.Parameters.Should().OnlyContain(p => p.About.Length > 0);
            family.Variants.Select(v => family.Expect(v).Keys.Count).Should().NotContain(0, family.Name);
        }
    }
}
