using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Architecture.Causes;

/// <summary>A correct list of keys is damaged in one way, and that way alone is named and mended.</summary>
public partial class DamagedKeysTests
{
    private static readonly IReadOnlyDictionary<string, ExpectedKey> Rvc = MismatchCase.Keys("rvc_v2_48k_f0_infer");
    private static readonly IReadOnlyDictionary<string, ExpectedKey> Vits = MismatchCase.Keys("vits_ljs_base_g");
    private static readonly IReadOnlyDictionary<string, ExpectedKey> Grc = MismatchCase.Keys("grc_expected_nested");

    public static TheoryData<string, string> Prefixes => new()
    {
        { "module.", "prefix" },
        { "_orig_mod.", "prefix" },
        { "model.", "prefix" },
        { "net_g.", "prefix" },
        { "generator.", "prefix" },
        { "my.own.words.", "prefix-stack" },
        { "_orig_mod.module.", "prefix-stack" },
        { "state_dict.", "container" },
    };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void By_a_prefix(string prefix, string cause)
    {
        foreach (var keys in new[] { Rvc, Vits, Grc })
        {
            Mended(Renamed(keys, n => prefix + n), keys, cause);
            Mended(keys, Renamed(keys, n => prefix + n), "missing-prefix");
        }
    }

    [Fact]
    public void By_another_prefix_on_each_side() => Mended(Renamed(Rvc, n => "generator." + n), Renamed(Rvc, n => "net_g." + n), "prefix");

    [Theory]
    [InlineData("module")]
    [InlineData("_orig_mod")]
    public void By_an_infix(string word)
    {
        var wrapped = Renamed(Rvc, n => n.IndexOf('.') is var dot and > 0 ? n[..dot] + "." + word + n[dot..] : n);

        Mended(wrapped, Rvc, "infix");
        Mended(Rvc, wrapped, "infix");
    }

    [Fact]
    public void By_the_spelling_of_weight_norm()
    {
        var parametrized = Renamed(Rvc, n => n.Replace("weight_g", "parametrizations.weight.original0").Replace("weight_v", "parametrizations.weight.original1"));

        Mended(parametrized, Rvc, "weight-norm-spelling");
        Mended(Rvc, parametrized, "weight-norm-spelling");
    }

    [Fact]
    public void By_weight_norm_that_was_folded_or_not()
    {
        var folded = Rvc.Where(k => !k.Key.EndsWith("weight_g", StringComparison.Ordinal)).ToDictionary(k => k.Key.Replace("weight_v", "weight"), k => k.Value);
        var parametrized = Renamed(Rvc, n => n.Replace("weight_g", "parametrizations.weight.original0").Replace("weight_v", "parametrizations.weight.original1"));

        Mended(Rvc, folded, "weight-norm-folded");
        Mended(parametrized, folded, "weight-norm-folded");
        Mended(folded, Rvc, "weight-norm-unfolded");
        Mended(folded, parametrized, "weight-norm-unfolded");
    }

    [Fact]
    public void By_the_spelling_of_spectral_norm()
    {
        var old = MismatchCase.Keys("vits_d_spectral");
        var made = Renamed(old, n => n.Replace("weight_orig", "parametrizations.weight.original").Replace("weight_u", "parametrizations.weight.0._u").Replace("weight_v", "parametrizations.weight.0._v"));

        Mended(made, old, "spectral-norm-spelling");
        Mended(old, made, "spectral-norm-spelling");
    }

    [Fact]
    public void By_spectral_norm_in_place_of_weight_norm()
        => Named(MismatchCase.Keys("vits_d_spectral"), MismatchCase.Keys("vits_d"), "spectral-norm").Message.Value.Should().Contain("spectral norm on 37 weights");

    [Fact]
    public void By_lists_that_are_counted_from_one()
        => Mended(Renamed(Rvc, n => Shift(n, "dec.ups.", i => i + 1)), Rvc, "index-offset");

    [Fact]
    public void By_lists_that_are_counted_in_steps_of_two()
        => Mended(Renamed(Vits, n => Shift(n, "enc_p.encoder.attn_layers.", i => 2 * i)), Vits, "index-offset");

    [Fact]
    public void By_two_lists_that_are_counted_otherwise()
        => Mended(Renamed(Grc, n => Shift(Shift(n, "ups.", i => i + 1), "mrfs.", i => i + 2)), Grc, "index-offset");

    [Fact]
    public void By_the_names_of_layer_norm()
    {
        var other = Renamed(Rvc, n => n.EndsWith(".gamma", StringComparison.Ordinal) ? n[..^5] + "weight" : n.EndsWith(".beta", StringComparison.Ordinal) ? n[..^4] + "bias" : n);

        Mended(other, Rvc, "gamma-beta");
        Mended(Rvc, other, "gamma-beta");
    }

    [Fact]
    public void By_dots_and_underscores()
    {
        var other = Renamed(Rvc, n => Index().Replace(n, "_$1"));

        Mended(other, Rvc, "dot-underscore");
        Mended(Rvc, other, "dot-underscore");
    }

    [Fact]
    public void By_other_names() => Mended(Renamed(Rvc, n => n.Replace("resblocks", "blocks").Replace("conv_pre", "input_conv")), Rvc, "other-names");

    [Fact]
    public void By_a_list_in_a_list_that_was_one_list()
        => Mended(
            Renamed(MismatchCase.Keys("hifigan_generator_v3_weight_norm"), n => n.Replace("resblocks.", "stages.0.resblocks.")),
            Renamed(MismatchCase.Keys("hifigan_generator_v3_weight_norm"), n => n.Replace("resblocks.", "blocks.")), "nested-module-list")
            .Message.Value.Should().Contain("nested on one side and flat on the other");

    [Fact]
    public void By_other_names_and_weight_norm_that_was_removed()
        => Both(Renamed(MismatchCase.Keys("hifigan_generator_v1_removed"), n => n.Replace("ups.", "upsampler.")), MismatchCase.Keys("hifigan_generator_v1_weight_norm"), "weight-norm-unfolded", "other-names");

    [Fact]
    public void By_adapters()
    {
        var adapted = new Dictionary<string, ExpectedKey>(Grc, StringComparer.Ordinal);
        foreach (var (name, key) in Grc.Where(k => k.Key.EndsWith("conv1.weight", StringComparison.Ordinal)))
        {
            adapted[name.Replace("weight", "lora_A")] = new([4, key.Shape[1] * key.Shape[2]], null);
            adapted[name.Replace("weight", "lora_B")] = new([key.Shape[0], 4], null);
        }

        Mended(adapted, Grc, "lora-present").Message.Value.Should().Contain("rank 4").And.Contain("merge them");
        Named(Grc, adapted, "lora-absent").Explains.Should().Be(24);
        Named(adapted.Where(k => k.Key.Contains("lora")).ToDictionary(), Grc, "lora-only");
        Named(adapted.ToDictionary(k => k.Key, k => k.Key.EndsWith("lora_A", StringComparison.Ordinal) ? new([8, k.Value.Shape[1]], null) : k.Value), adapted, "lora-rank");
    }

    [Fact]
    public void By_adapters_as_peft_wraps_them()
    {
        var wrapped = new Dictionary<string, ExpectedKey>(StringComparer.Ordinal);
        foreach (var (name, key) in Vits)
        {
            var adapted = name.Contains("conv_q", StringComparison.Ordinal);
            var stem = "base_model.model." + name[..name.LastIndexOf('.')];
            wrapped[adapted ? stem + ".base_layer." + name[(name.LastIndexOf('.') + 1)..] : "base_model.model." + name] = key;
            if (adapted && name.EndsWith("weight", StringComparison.Ordinal))
            {
                wrapped[stem + ".lora_A.default.weight"] = new([8, key.Shape[1], 1], null);
                wrapped[stem + ".lora_B.default.weight"] = new([key.Shape[0], 8, 1], null);
            }
        }

        var diagnosis = Diagnosis.Of(KeyComparison.Of(wrapped, Vits));

        diagnosis.Remaining.Should().Be(0);
        diagnosis.Causes.Skip(1).Select(c => c.Name).Should().BeEquivalentTo("prefix-stack", "infix", "lora-present");
    }

    [Fact]
    public void By_a_posterior_encoder()
    {
        Mended(Vits, MismatchCase.Keys("vits_ljs_base_g_noencq"), "enc-q-present");
        Named(MismatchCase.Keys("vits_ljs_base_g_noencq"), Vits, "enc-q-absent");
    }

    [Fact]
    public void By_transposed_weights()
        => Mended(With(Vits, n => n.Contains("ffn_layers", StringComparison.Ordinal) && n.EndsWith("weight", StringComparison.Ordinal), s => [s[2], s[1], s[0]]), Vits, "transposed");

    [Fact]
    public void By_dimensions_of_size_one()
        => Mended(With(Vits, n => n.Contains("attn_layers", StringComparison.Ordinal) && n.EndsWith("weight", StringComparison.Ordinal), s => [s[0], s[1]]), Vits, "reshaped");

    [Fact]
    public void By_projections_in_one_tensor()
    {
        var joined = Vits.Where(k => !k.Key.Contains("conv_k") && !k.Key.Contains("conv_v"))
            .ToDictionary(k => k.Key.Replace("conv_q", "qkv"), k => k.Key.Contains("conv_q") ? k.Value with { Shape = [576, .. k.Value.Shape.Skip(1)] } : k.Value);

        Mended(joined, Vits, "concatenated");
        Mended(Vits, joined, "concatenated");
    }

    [Fact]
    public void By_other_groups()
        => Named(With(Grc, n => n.StartsWith("mrfs", StringComparison.Ordinal) && n.EndsWith("weight", StringComparison.Ordinal), s => [s[0], s[0], s[2]]), Grc, "regrouped").Explains.Should().Be(24);

    [Fact]
    public void By_buffers()
    {
        var counted = new Dictionary<string, ExpectedKey>(Rvc, StringComparer.Ordinal) { ["enc_p.norm.num_batches_tracked"] = new([], null), ["rotary.inv_freq"] = new([32], null) };

        Mended(counted, Rvc, "buffer-extra");
        Named(Rvc, counted, "buffer-absent");
    }

    [Fact]
    public void By_what_else_a_trainer_saves()
    {
        var file = Renamed(Rvc, n => "model." + n);
        foreach (var i in Enumerable.Range(0, 50))
        {
            file[$"optimizer.state.{i}.exp_avg"] = new([i + 1], null);
        }

        var diagnosis = Diagnosis.Of(KeyComparison.Of(file, Rvc));

        diagnosis.Remaining.Should().Be(0);
        diagnosis.Causes.Skip(1).Select(c => c.Name).Should().BeEquivalentTo("prefix", "container");
    }

    [Fact]
    public void By_an_average_of_the_weights_beside_them()
    {
        var both = Renamed(Rvc, n => "model." + n).Concat(Renamed(Rvc, n => "ema." + n)).ToDictionary(StringComparer.Ordinal);

        var diagnosis = Diagnosis.Of(KeyComparison.Of(both, Rvc));

        diagnosis.Remaining.Should().Be(0);
        diagnosis.Mapped.Keys.Should().AllSatisfy(k => k.Value.Origin.From[0].Should().StartWith("model."));
        diagnosis.Mapped.Dropped.Should().HaveCount(457).And.AllSatisfy(n => n.Should().StartWith("ema."));
    }

    [Fact]
    public void By_an_extra_part()
        => Mended(new Dictionary<string, ExpectedKey>(Rvc, StringComparer.Ordinal) { ["final_proj.weight"] = new([256, 768], null), ["final_proj.bias"] = new([256], null) }, Rvc, "extra-module");

    [Fact]
    public void By_another_number_of_speakers()
        => Named(With(Rvc, n => n == "emb_g.weight", s => [10, s[1]]), Rvc, "speaker-table").Message.Value.Should().Contain("10 speakers in the checkpoint, 109 in the model");

    [Fact]
    public void By_pitch_on_one_side_alone()
    {
        Named(Rvc, MismatchCase.Keys("rvc_v2_48k_nof0_infer"), "f0-present").Explains.Should().Be(11);
        Named(MismatchCase.Keys("rvc_v2_48k_nof0_infer"), Rvc, "f0-absent").Explains.Should().Be(11);
    }

    [Fact]
    public void By_another_number_of_blocks()
        => Named(Vits.Where(k => !k.Key.Contains("layers.5.") && !k.Key.Contains("norm_layers_1.5") && !k.Key.Contains("norm_layers_2.5")).ToDictionary(), Vits, "block-count");

    [Fact]
    public void By_another_type_of_residual_block()
        => Diagnosis.Of(KeyComparison.Of(MismatchCase.Keys("hifigan_generator_v3_weight_norm"), MismatchCase.Keys("hifigan_generator_v1_weight_norm"))).Causes.Select(c => c.Name)
            .Should().BeEquivalentTo("resblock-type", "wrong-variant");

    [Fact]
    public void By_an_optimizer_in_place_of_the_model()
        => Named(Enumerable.Range(0, 90).ToDictionary(i => $"state.{i / 3}.{new[] { "exp_avg", "exp_avg_sq", "step" }[i % 3]}", i => new ExpectedKey([4], null)), Rvc, "artifact-kind")
            .Message.Value.Should().Contain("an optimizer's state");

    [Fact]
    public void By_nothing_but_element_types()
    {
        var half = Rvc.ToDictionary(k => k.Key, k => k.Value with { DType = "float16" });
        var single = Rvc.ToDictionary(k => k.Key, k => k.Value with { DType = "float32" });

        Diagnosis.Of(KeyComparison.Of(half, single)).Causes.Should().ContainSingle().Which.Should().Match<DiagnosedCause>(c => c.Name == "dtype" && c.Explains == 457 && c.Remaining == 0);
    }

    [Fact]
    public void By_nothing() => Diagnosis.Of(KeyComparison.Of(Rvc, Rvc)).Causes.Should().BeEmpty();

    [Fact]
    public void By_two_causes_at_once_are_named_both()
    {
        var parametrized = Renamed(Rvc, n => "net_g." + n.Replace("weight_g", "parametrizations.weight.original0").Replace("weight_v", "parametrizations.weight.original1"));
        Both(parametrized, Rvc, "prefix", "weight-norm-spelling");
        var layers = Renamed(Rvc, n => "module." + n.Replace(".gamma", ".weight").Replace(".beta", ".bias"));
        Both(layers, Rvc, "prefix", "gamma-beta");
        var training = Renamed(Vits, n => "model." + n);
        Both(training, MismatchCase.Keys("vits_ljs_base_g_noencq"), "prefix", "enc-q-present");
        var offset = Renamed(Grc, n => "module." + Shift(n, "mrfs.", i => i + 1));
        Both(offset, Grc, "prefix", "index-offset");
        var underscores = Renamed(Rvc, n => Index().Replace(n.Replace("weight_g", "parametrizations.weight.original0").Replace("weight_v", "parametrizations.weight.original1"), "_$1"));
        Both(underscores, Rvc, "dot-underscore", "weight-norm-spelling");
    }

    [Fact]
    public void By_a_prefix_that_hides_a_wrong_variant()
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(Renamed(MismatchCase.Keys("rvc_v2_40k_f0_infer"), n => "module." + n), Rvc));

        diagnosis.Causes.Select(c => c.Name).Should().BeEquivalentTo("prefix", "wrong-variant");
    }

    [Fact]
    public void By_names_that_are_made_to_be_slow_cost_no_more_than_others()
    {
        var deep = string.Join('.', Enumerable.Repeat("1", 100_000));
        var left = Enumerable.Range(0, 20_000).ToDictionary(i => $"x{i}.weight", _ => new ExpectedKey([8], null));
        left[deep + ".a"] = new([1], null);
        var right = Enumerable.Range(0, 20_000).ToDictionary(i => $"y{i}.weight", i => new ExpectedKey([8 + i], null));
        right[deep + ".b"] = new([1], null);

        var watch = Stopwatch.StartNew();
        Diagnosis.Of(KeyComparison.Of(left, right)).Causes.Should().NotBeEmpty();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static DiagnosedCause Mended(IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right, string cause)
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(left, right));
        diagnosis.Causes.Select(c => c.Name).Should().Equal(cause);
        diagnosis.Causes[0].Remaining.Should().Be(0);
        diagnosis.Causes[0].Explains.Should().Be(KeyComparison.Of(left, right).Mismatches);
        diagnosis.Mapped.Names.Should().BeEquivalentTo(right.Keys);
        return diagnosis.Causes[0];
    }

    private static DiagnosedCause Named(IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right, string cause)
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(left, right));
        diagnosis.Causes.Select(c => c.Name).Should().Equal(cause);
        diagnosis.Causes[0].Mapped.Should().BeNull();
        return diagnosis.Causes[0];
    }

    private static void Both(IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right, params string[] causes)
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(left, right));
        diagnosis.Remaining.Should().Be(0);
        diagnosis.Causes[0].Name.Split(" + ").Should().BeEquivalentTo(causes);
        diagnosis.Causes.Skip(1).Select(c => c.Name).Should().BeEquivalentTo(causes);
        diagnosis.Causes.Skip(1).Sum(c => c.Explains).Should().Be(diagnosis.Mismatches);
    }

    private static Dictionary<string, ExpectedKey> Renamed(IReadOnlyDictionary<string, ExpectedKey> keys, Func<string, string> rename)
        => keys.ToDictionary(k => rename(k.Key), k => k.Value, StringComparer.Ordinal);

    private static Dictionary<string, ExpectedKey> With(IReadOnlyDictionary<string, ExpectedKey> keys, Func<string, bool> where, Func<IReadOnlyList<long>, long[]> shape)
        => keys.ToDictionary(k => k.Key, k => where(k.Key) ? k.Value with { Shape = shape(k.Value.Shape) } : k.Value, StringComparer.Ordinal);

    private static string Shift(string name, string list, Func<int, int> shift)
    {
        if (!name.StartsWith(list, StringComparison.Ordinal))
        {
            return name;
        }

        var end = name.IndexOf('.', list.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{list}{shift(int.Parse(name[list.Length..end], CultureInfo.InvariantCulture))}{name[end..]}");
    }

    [GeneratedRegex(@"\.(\d+)(?=\.)")]
    private static partial Regex Index();
}
