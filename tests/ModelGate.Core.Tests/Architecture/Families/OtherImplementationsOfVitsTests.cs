using System.Text.RegularExpressions;
using ModelGate.Tests.Architecture.Causes;
using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Families;
using ModelGate.Architecture.Keys;

namespace ModelGate.Tests.Architecture.Families;

/// <summary>
/// Networks that are built on VITS, held against the lists that PyTorch printed of VITS: coqui's has the same modules under other names (TTS/tts/models/vits.py), Bert-VITS2's
/// (oldVersion/V101/models.py) has VITS's decoder, posterior encoder and both of its duration predictors.
/// </summary>
public partial class OtherImplementationsOfVitsTests
{
    [Theory]
    [InlineData("vits_ljs_base_g", "{ \"n_vocab\": 178 }")]
    [InlineData("vits_vctk_base_g", "{ \"n_vocab\": 178, \"n_speakers\": 109 }")]
    public void Coquis_has_the_tensors_of_the_original_under_its_own_names(string list, string parameters)
        => FamilyLists.Difference(
            FamilyLists.Expand("coqui-vits", parameters: parameters),
            FamilyLists.Of(list).ToDictionary(k => Coquis(k.Key), k => k.Value, StringComparer.Ordinal)).Should().BeEmpty();

    [Fact]
    public void BertVits2_has_the_parts_that_it_took_from_VITS()
    {
        var keys = FamilyLists.Expand("bert-vits2", "1.0.1", parameters: """{ "filter_length": 1024, "upsample_rates": [8, 8, 2, 2], "upsample_kernel_sizes": [16, 16, 4, 4] }""");
        var vctk = FamilyLists.Of("vits_vctk_base_g");

        FamilyLists.Difference(Under(keys, "dec."), Under(vctk, "dec.")).Should().BeEmpty();
        FamilyLists.Difference(Under(keys, "enc_q."), Under(vctk, "enc_q.")).Should().BeEmpty();
        FamilyLists.Difference(Under(keys, "sdp."), Under(vctk, "dp.")).Should().BeEmpty();
        FamilyLists.Difference(Under(keys, "enc_p.encoder."), Under(vctk, "enc_p.encoder.")).Should().BeEquivalentTo("+spk_emb_linear.weight [192,256]", "+spk_emb_linear.bias [192]");
        FamilyLists.Difference(Under(keys, "dp."), Under(FamilyLists.Of("vits_ljs_base_nosdp_g"), "dp.")).Should().BeEquivalentTo("+cond.weight [192,256,1]", "+cond.bias [192]");
        Under(keys, "flow.flows.0.enc.").Keys.Count(n => n.EndsWith("conv_q.weight", StringComparison.Ordinal)).Should().Be(3, "n_layers_trans_flow is 3");
        Under(keys, "flow.flows.6.enc.")["ffn_layers.2.conv_1.weight"].Should().Be("768,192,5");
    }

    // 1.1 added a layer for the 768 features of a Japanese BERT beside the 1024 of the Chinese one (oldVersion/V110/__init__.py gives both).
    [Fact]
    public void BertVits2_1_0_1_is_told_from_1_1_0()
    {
        var (old, made) = (FamilyLists.Manifest("bert-vits2", "1.0.1").Keys, FamilyLists.Manifest("bert-vits2", "1.1.0").Keys);

        made.Keys.Except(old.Keys).Should().BeEquivalentTo("enc_p.ja_bert_proj.weight", "enc_p.ja_bert_proj.bias");
        made["enc_p.ja_bert_proj.weight"].Shape.Should().Equal(192, 768, 1);
        var diagnosis = Diagnosis.Of(KeyComparison.Of(old, made));
        diagnosis.Causes.Should().ContainSingle().Which.Message.Value.Should().Be("these shapes are bert-vits2 1.0.1, and bert-vits2 1.1.0 is expected");
    }

    [Fact]
    public void Coquis_is_told_from_the_original()
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(FamilyLists.Manifest("coqui-vits", parameters: """{ "n_vocab": 178 }""").Keys, MismatchCase.Keys("vits_ljs_base_g")));

        diagnosis.Families.Value.Should().Contain("of the family coqui-vits").And.Contain("and the model of vits");
    }

    [Theory]
    [InlineData("coqui-vits", null)]
    [InlineData("bert-vits2", "1.0.1")]
    [InlineData("bert-vits2", "1.1.0")]
    [InlineData("bigvgan", "v1-24khz-100band")]
    [InlineData("bigvgan", "v2-44khz-128band-512x")]
    public void Each_is_recognized_by_one_family_alone(string family, string? variant)
        => ModelFamilies.All.Where(f => f.Recognizes(FamilyLists.Tensors(FamilyLists.Manifest(family, variant)))).Select(f => f.Name).Should().Equal(family);

    // The keys of the published checkpoints, and the parameters that NVIDIA's table gives.
    [Theory]
    [InlineData("v1-24khz-100band", 784, 112)]
    [InlineData("v1-22khz-80band", 784, 112)]
    [InlineData("v1-base-24khz-100band", 526, 14)]
    [InlineData("v1-base-22khz-80band", 526, 14)]
    [InlineData("v2-24khz-100band-256x", 783, 112)]
    [InlineData("v2-44khz-128band-512x", 783, 122)]
    public void BigVGANs_variants_have_as_many_keys_and_parameters_as_published(string variant, int keys, int millions)
    {
        var manifest = FamilyLists.Manifest("bigvgan", variant, parameters: """{ "weight_norm": "removed" }""");

        FamilyLists.Manifest("bigvgan", variant).Keys.Should().HaveCount(keys);
        ((int)Math.Round(manifest.Keys.Where(k => !k.Key.EndsWith(".filter", StringComparison.Ordinal)).Sum(k => k.Value.Shape.Aggregate(1L, (a, b) => a * b)) / 1e6)).Should().Be(millions);
    }

    // What a converter counted in bigvgan_v2_24khz_100band_256x once its weight norm was folded.
    [Fact]
    public void BigVGAN_v2_has_112414512_parameters()
        => FamilyLists.Manifest("bigvgan", "v2-24khz-100band-256x", parameters: """{ "weight_norm": "removed" }""").Keys
            .Where(k => !k.Key.EndsWith(".filter", StringComparison.Ordinal)).Sum(k => k.Value.Shape.Aggregate(1L, (a, b) => a * b)).Should().Be(112414512);

    [Fact]
    public void BigVGAN_v1_is_told_from_v2()
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(FamilyLists.Manifest("bigvgan", "v1-24khz-100band").Keys, FamilyLists.Manifest("bigvgan", "v2-24khz-100band-256x").Keys));

        diagnosis.Causes.Select(c => c.Message.Value).Should().Contain(m => m.Contains("these shapes are bigvgan v1-24khz-100band, and bigvgan v2-24khz-100band-256x is expected"));
    }

    private static Dictionary<string, string> Under(Dictionary<string, string> keys, string prefix)
        => keys.Where(k => k.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(k => k.Key[prefix.Length..], k => k.Value, StringComparer.Ordinal);

    // enc_p, enc_q, dec, dp and dec.cond have other names; flips are no modules, so indices have no gaps; m and logs are spelled out.
    private static string Coquis(string name)
    {
        name = name.Replace("enc_p.", "text_encoder.", StringComparison.Ordinal).Replace("enc_q.", "posterior_encoder.", StringComparison.Ordinal);
        name = name.StartsWith("dec.", StringComparison.Ordinal) ? "waveform_decoder." + name[4..].Replace("cond.", "cond_layer.", StringComparison.Ordinal)
            : name.StartsWith("dp.", StringComparison.Ordinal) ? "duration_predictor." + name[3..] : name;
        name = name.EndsWith("flows.0.m", StringComparison.Ordinal) ? name[..^1] + "translation" : name.EndsWith("flows.0.logs", StringComparison.Ordinal) ? name[..^4] + "log_scale" : name;
        return name.StartsWith("flow.", StringComparison.Ordinal)
            ? Index().Replace(name, m => $"flows.{int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) / 2}.")
            : name.StartsWith("duration_predictor.", StringComparison.Ordinal)
                ? Index().Replace(name, m => $"flows.{(int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) + 1) / 2}.")
                : name;
    }

    [GeneratedRegex(@"flows\.(\d+)\.")]
    private static partial Regex Index();
}
