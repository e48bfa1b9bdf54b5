using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using ModelGate.Torch.Networks.BigVgan;
using ModelGate.Torch.Networks.Rvc;
using ModelGate.Torch.Weights;

namespace ModelGate.Torch.Tests.Networks;

/// <summary>Names and shapes of the networks against lists of the real ones: Fixtures/keys.json has their number and digest.</summary>
public class KeysTests
{
    public static TheoryData<string> Lists => [.. Recorded().RootElement.EnumerateObject().Select(l => l.Name)];

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_network_has_the_keys_and_shapes_of_the_real_one(string list)
    {
        var recorded = Recorded().RootElement.GetProperty(list);
        var spelling = list.EndsWith("parametrized", StringComparison.Ordinal) ? Spelling.Parametrized
            : list.EndsWith("removed", StringComparison.Ordinal) ? Spelling.Removed : Spelling.WeightNorm;
        var keys = NetworkOf(list).Slots.All.SelectMany(s => s.KeysOf(spelling)).Select(k => $"{k.Key} [{string.Join(',', k.Shape)}]\n").Order(StringComparer.Ordinal).ToList();

        keys.Should().HaveCount(recorded.GetProperty("keys").GetInt32());
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(keys)))).Should().Be(recorded.GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("v1-24khz-100band", 784)]
    [InlineData("v2-24khz-100band-256x", 783)]
    [InlineData("v1-base-22khz-80band", 526)]
    public void BigVGAN_has_as_many_keys_as_the_published_files(string variant, int count)
        => new BigVganNetwork(BigVganSettings.OfVariant(variant)).Slots.All.SelectMany(s => s.KeysOf(Spelling.WeightNorm)).Should().HaveCount(count);

    [Fact]
    public void Keys_are_told_without_a_file_and_without_libtorch()
    {
        var answer = Fixture.Do(new("/nowhere/voice.pth", ModelRunFormat.Weights) { Architecture = new() { Family = "rvc", Variant = "v2_48k_f0" } }, new ModelRunStep.Keys())[0];

        answer.Keys.Should().HaveCount(457).And.ContainEquivalentOf(new NamedShape("enc_p.emb_phone.weight", [192, 768]));
    }

    private static JsonDocument Recorded() => JsonDocument.Parse(File.ReadAllText(Fixture.PathOf("keys.json")));

    private static Network NetworkOf(string list)
    {
        var parts = list.Split('_');
        if (parts[0] == "hifigan")
        {
            return new HifiGanNetwork(HifiGanSettings.OfVariant(parts[2]));
        }

        var name = string.Join('_', parts[1..4]);
        var settings = RvcSettingsSource.Of(name, null, null, null);
        return new RvcNetwork(parts[4] == "train" ? settings with { SpectrumBins = RvcVariant.Find(name)!.Value.Variant.SpectrumBins } : settings);
    }
}
