using System.Text.RegularExpressions;

namespace ModelGate.Tests.Architecture.Families;

public partial class FamilyAgainstRealNetworksTests
{
    public static TheoryData<string> EveryList => [.. FamilyLists.Names];

    [Theory]
    [MemberData(nameof(EveryList))]
    public void Has_exactly_their_keys_and_shapes(string list)
    {
        var (family, variant, configuration, parameters) = Ask(list);

        FamilyLists.Difference(FamilyLists.Expand(family, variant, configuration, parameters), FamilyLists.Of(list)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("v1_32k")]
    [InlineData("v1_40k")]
    [InlineData("v1_48k")]
    [InlineData("v2_32k")]
    [InlineData("v2_40k")]
    [InlineData("v2_48k")]
    public void Reads_the_list_of_eighteen_that_an_export_of_RVC_carries(string variant)
        => FamilyLists.Difference(
            FamilyLists.Expand("rvc", null, $"rvc_{variant}_config", $$"""{ "version": "{{variant[..2]}}", "form": "training" }"""),
            FamilyLists.Of($"rvc_{variant}_f0_train")).Should().BeEmpty();

    [Theory]
    [InlineData("hifigan_config_v1", "hifigan_generator_v1_weight_norm")]
    [InlineData("hifigan_config_v2", "hifigan_generator_v2_weight_norm")]
    [InlineData("hifigan_config_v3", "hifigan_generator_v3_weight_norm")]
    public void Reads_a_config_of_HiFi_GAN(string configuration, string list)
        => FamilyLists.Difference(FamilyLists.Expand("hifi-gan", null, configuration), FamilyLists.Of(list)).Should().BeEmpty();

    [Fact]
    public void Reads_the_config_of_a_narrow_RVC()
    {
        var expected = FamilyLists.Flat(Loaded.File<ModelGate.Artifacts.KeyManifest>(Repository.PathOf("samples", "lexi", "rvc_v2_48k_narrow.json")).Content);

        FamilyLists.Difference(FamilyLists.Expand("rvc", null, "lexi_config"), expected).Should().BeEmpty();
        FamilyLists.Difference(FamilyLists.Expand("rvc", "v1-32k", "lexi_config", """{ "version": "v2" }"""), expected)
            .Should().BeEmpty("the run's own configuration goes before a variant");
    }

    private static (string Family, string? Variant, string? Configuration, string? Parameters) Ask(string list)
    {
        if (RvcName().Match(list) is { Success: true } rvc)
        {
            var form = rvc.Groups["form"].Value == "train" ? "training" : "export";
            var norm = rvc.Groups["norm"].Value switch { "_parametrized" => "parametrized", "_wnremoved" => "removed", _ => "legacy" };
            return ("rvc", rvc.Groups["variant"].Value.Replace('_', '-'), null,
                $$"""{ "f0": {{(rvc.Groups["f0"].Value == "f0" ? "true" : "false")}}, "form": "{{form}}", "weight_norm": "{{norm}}" }""");
        }

        if (HifiGanName().Match(list) is { Success: true } hifi)
        {
            return ("hifi-gan", hifi.Groups["variant"].Value, null, $$"""{ "weight_norm": "{{hifi.Groups["norm"].Value.Replace("weight_norm", "legacy", StringComparison.Ordinal)}}" }""");
        }

        if (VitsName().Match(list) is { Success: true } vits)
        {
            return ("vits", null, $"vits_{vits.Groups["set"].Value}_base_config", vits.Groups["rest"].Value switch
            {
                "_g" => null,
                "_g_noencq" => """{ "form": "no-posterior-encoder" }""",
                "_g_infer" => """{ "form": "inference" }""",
                "_g_folded" => """{ "weight_norm": "removed" }""",
                "_g_decfolded" => """{ "decoder_weight_norm": "removed" }""",
                _ => """{ "use_sdp": false }""",
            });
        }

        return list switch
        {
            "vits_d" => ("discriminator", "vits", null, null),
            "vits_d_spectral" => ("discriminator", "vits", null, """{ "norm": "spectral" }"""),
            "rvc_v1_disc" => ("discriminator", "rvc-v1", null, null),
            "rvc_v2_disc" => ("discriminator", "rvc-v2", null, null),
            "hifigan_mpd" => ("discriminator", "hifi-gan-mpd", null, null),
            _ => throw new InvalidOperationException(list),
        };
    }

    [GeneratedRegex("^rvc_(?<variant>v._..k)_(?<f0>f0|nof0)_(?<form>train|infer)(?<norm>.*)$")]
    private static partial Regex RvcName();

    [GeneratedRegex("^hifigan_generator_(?<variant>v.)_(?<norm>.*)$")]
    private static partial Regex HifiGanName();

    [GeneratedRegex("^vits_(?<set>ljs|vctk)_base(?<rest>_.*)$")]
    private static partial Regex VitsName();
}
