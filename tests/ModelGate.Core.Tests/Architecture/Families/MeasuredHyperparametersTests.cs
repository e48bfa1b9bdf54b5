using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Families.Hyperparameters;

namespace ModelGate.Tests.Architecture.Families;

/// <summary>What the templates measure, held against the lists of real networks and the configurations that those were built from.</summary>
public class MeasuredHyperparametersTests
{
    public static TheoryData<string> EveryList => [.. FamilyLists.Names];

    [Theory]
    [MemberData(nameof(EveryList))]
    public void Come_from_the_one_family_that_recognizes_the_network(string list)
    {
        var name = list.StartsWith("hifigan_generator", StringComparison.Ordinal) ? "hifi-gan"
            : list is "vits_d" or "vits_d_spectral" or "rvc_v1_disc" or "rvc_v2_disc" or "hifigan_mpd" ? "discriminator"
            : list[..list.IndexOf('_')];

        ModelFamilies.All.Where(f => f.Recognizes(FamilyLists.Tensors(list))).Select(f => f.Name).Should().Equal(name);
    }

    [Theory]
    [InlineData("rvc_v1_32k_f0_infer", "rvc v1-32k")]
    [InlineData("rvc_v1_48k_f0_infer", "rvc v1-48k")]
    [InlineData("rvc_v1_32k_nof0_train", "rvc v1-32k")]
    [InlineData("rvc_v1_48k_nof0_train", "rvc v1-48k")]
    [InlineData("rvc_v1_40k_nof0_infer", "rvc v1-40k")]
    [InlineData("rvc_v2_32k_f0_infer", "rvc v2-32k")]
    [InlineData("rvc_v2_40k_nof0_infer", "rvc v2-40k")]
    [InlineData("rvc_v2_48k_f0_train", "rvc v2-48k")]
    [InlineData("rvc_v1_32k_nof0_infer", "rvc v1-32k", "rvc v1-48k")]
    [InlineData("hifigan_generator_v1_removed", "hifi-gan v1")]
    [InlineData("hifigan_generator_v2_weight_norm", "hifi-gan v2")]
    [InlineData("hifigan_generator_v3_weight_norm", "hifi-gan v3")]
    [InlineData("vits_ljs_base_g", "vits ljs")]
    [InlineData("vits_vctk_base_g", "vits vctk")]
    [InlineData("rvc_v1_disc", "discriminator rvc-v1")]
    [InlineData("rvc_v2_disc", "discriminator rvc-v2")]
    [InlineData("vits_d_spectral", "discriminator vits")]
    [InlineData("hifigan_mpd", "discriminator hifi-gan-mpd")]
    public void Tell_the_variants_of_a_family_apart(string list, params string[] variants)
        => FamilyVariants.Of(ModelFamilies.All, FamilyLists.Tensors(list))!.Labels.Should().Equal(variants);

    [Theory]
    [InlineData("rvc_v2_48k_f0_train", "version", "v2", "enc_p.emb_phone")]
    [InlineData("rvc_v2_48k_f0_train", "f0", "true", "enc_p.emb_pitch")]
    [InlineData("rvc_v2_48k_nof0_train", "f0", "false", "no enc_p.emb_pitch")]
    [InlineData("rvc_v2_48k_f0_train", "upsample_kernel_sizes", "[24, 20, 4, 4]", "dec.ups")]
    [InlineData("rvc_v2_48k_f0_train", "upsample_rates after the first", "[10, 2, 2]", "dec.noise_convs")]
    [InlineData("rvc_v2_48k_f0_train", "resblock_kernel_sizes", "[3, 7, 11]", "dec.resblocks")]
    [InlineData("rvc_v2_48k_f0_train", "n_heads", "2", "enc_p.encoder.attn_layers.0")]
    [InlineData("rvc_v2_48k_f0_train", "spec_channels", "1025", "enc_q.pre")]
    [InlineData("vits_vctk_base_g", "n_speakers", "109", "emb_g")]
    [InlineData("vits_ljs_base_g", "n_speakers", "0", "no emb_g")]
    [InlineData("hifigan_generator_v3_weight_norm", "resblock", "2", "resblocks.0.convs.0")]
    public void Say_which_tensors_show_them(string list, string name, string value, string place)
    {
        var family = ModelFamilies.All.Recognize(FamilyLists.Tensors(list))!;

        var shown = MeasuredHyperparameters.Of(family, FamilyLists.Tensors(list))[name];

        (shown.Shown.Value, shown.Place.Value).Should().Be((value, place));
    }

    // Network and configuration of one run: everything that is declared and measured is the same, and there is much of it.
    [Theory]
    [InlineData("hifigan_config_v1", "hifigan_generator_v1_weight_norm", 5)]
    [InlineData("hifigan_config_v3", "hifigan_generator_v3_removed", 5)]
    [InlineData("vits_ljs_base_config", "vits_ljs_base_g", 14)]
    [InlineData("vits_vctk_base_config", "vits_vctk_base_g_decfolded", 14)]
    [InlineData("rvc_v2_48k_config", "rvc_v2_48k_f0_train", 14)]
    [InlineData("rvc_v1_32k_config", "rvc_v1_32k_nof0_infer", 12)]
    public void Are_what_the_configuration_of_the_same_run_declares(string configuration, string list, int atLeast)
    {
        var tensors = FamilyLists.Tensors(list);
        var family = ModelFamilies.All.Recognize(tensors)!;

        var check = new DeclarationCheck(family, tensors, [Declaration.OfFile(family, FamilyLists.Config(configuration), "config.json")]);

        check.Contradictions.Select(c => c.Value).Should().BeEmpty();
        check.Compared.Should().BeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public void Tell_a_configuration_of_another_run_by_every_value_that_differs()
    {
        var tensors = FamilyLists.Tensors("rvc_v2_40k_f0_train");
        var family = ModelFamilies.All.Recognize(tensors)!;

        new DeclarationCheck(family, tensors, [Declaration.OfFile(family, FamilyLists.Config("rvc_v2_48k_config"), "c.json")]).Contradictions.Select(c => c.Value).Should().BeEquivalentTo(
            "upsample_kernel_sizes is [24, 20, 4, 4] by c.json (14), and [16, 16, 4, 4] by the tensors (dec.ups)");
    }

    // The other way round, for every family: the network that a variant has shows the variant's own values.
    [Fact]
    public void Show_every_variant_of_every_family_to_be_itself()
    {
        foreach (var family in ModelFamilies.All)
        {
            foreach (var variant in family.Variants)
            {
                var keys = family.Expect(variant).Keys;
                var tensors = new FamilyTensors(keys.Keys, n => keys.GetValueOrDefault(n)?.Shape);
                FamilyVariants.Of(ModelFamilies.All, tensors)!.Labels.Should().Contain($"{family.Name} {variant}");
            }
        }
    }

    [Fact]
    public void Are_measured_for_every_family_and_each_can_be_seen()
    {
        var seen = FamilyLists.Names.Select(FamilyLists.Tensors).Concat(ModelFamilies.All.Where(f => f.Variants.Count > 0).SelectMany(f => f.Variants.Select(v => FamilyLists.Tensors(f.Expect(v)))))
            .Concat(
            [
                FamilyLists.Tensors(FamilyLists.Manifest("bigvgan", null, FamilyLists.Json("""
                    { "resblock": "1", "num_mels": 100, "upsample_rates": [4, 4], "upsample_kernel_sizes": [8, 8], "upsample_initial_channel": 64,
                      "resblock_kernel_sizes": [3], "resblock_dilation_sizes": [[1, 3, 5]] }
                    """))),
                FamilyLists.Tensors(FamilyLists.Manifest("code-hifi-gan", null, FamilyLists.Json("""
                    { "num_embeddings": 10, "embedding_dim": 8, "upsample_rates": [4, 4], "upsample_kernel_sizes": [8, 8], "upsample_initial_channel": 64 }
                    """))),
                FamilyLists.Tensors(FamilyLists.Manifest("grouped-residual-hifi-gan", null, FamilyLists.Json("""
                    { "upsample_kernel_sizes": [4, 4], "upsample_initial_channel": 64, "mrf_layers": [ { "num_blocks": 2 }, { "num_blocks": 2 } ] }
                    """), """{ "lora": "lora-ab" }""")),
                FamilyLists.Tensors(FamilyLists.Manifest("coqui-vits", null, FamilyLists.Json("""{ "model_args": { "num_speakers": 4 } }"""))),
            ])
            .Select(t => (Family: ModelFamilies.All.Recognize(t)!, Tensors: t)).SelectMany(t => MeasuredHyperparameters.Of(t.Family, t.Tensors).Keys.Select(k => $"{t.Family.Name} {k}")).ToHashSet(StringComparer.Ordinal);

        ModelFamilies.All.SelectMany(f => f.Measures.Select(m => $"{f.Name} {m.Name}")).Where(m => !seen.Contains(m)).Should().BeEmpty("a measure that no network shows is a mistake in its template");
    }

    // Shapes come from files: of another rank, of size 0, in lists with gaps.
    [Fact]
    public void Are_simply_not_shown_by_tensors_of_hostile_shapes()
    {
        long[][] shapes = [[], [0], [0, 0], [0, 0, 0], [long.MaxValue, long.MaxValue, long.MaxValue], [1, 1, 1, 1, 1]];
        foreach (var list in new[] { "rvc_v2_48k_f0_train", "vits_ljs_base_g", "hifigan_generator_v1_weight_norm", "rvc_v2_disc" })
        {
            var names = FamilyLists.Of(list).Keys.ToHashSet(StringComparer.Ordinal);
            foreach (var shape in shapes)
            {
                var tensors = new FamilyTensors(names, n => names.Contains(n) ? shape : null);
                foreach (var shown in MeasuredHyperparameters.Of(ModelFamilies.All.Recognize(tensors)!, tensors).Values)
                {
                    shown.Shown.IsEmpty.Should().BeFalse();
                }
            }
        }
    }
}
