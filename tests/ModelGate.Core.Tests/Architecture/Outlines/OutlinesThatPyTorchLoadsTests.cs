using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelGate.Architecture.Outlines;
using ModelGate.Artifacts;
using ModelGate.Tests.Architecture.Families;

namespace ModelGate.Tests.Architecture.Outlines;

/// <summary>Every outline here was built by PyTorch, which loaded tensors of the stated shapes with strict=True: Fixtures/outlines/verify.py.</summary>
public class OutlinesThatPyTorchLoadsTests
{
    public static TheoryData<string> Verified => [.. Json("verified.json").EnumerateObject().Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Verified))]
    public void Is_the_one_that_was_loaded(string name)
    {
        var text = OutlineDocument.Of(new KeyManifest(KeysOf(name)), name + ".json");

        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
            .Should().Be(Json("verified.json").GetProperty(name).GetString(), "what an outline says has changed, and PyTorch has not loaded it yet: see Fixtures/outlines/README.md");
    }

    [Fact]
    public void Are_those_of_every_list()
        => Json("verified.json").EnumerateObject().Select(v => v.Name).Should().BeEquivalentTo(Json("networks.json").EnumerateObject().Select(n => n.Name).Concat(FamilyLists.Names));

    internal static Dictionary<string, ExpectedKey> KeysOf(string name)
        => Json("networks.json").TryGetProperty(name, out var network)
            ? network.EnumerateObject().ToDictionary(
                k => k.Name,
                k => new ExpectedKey([.. k.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64())], k.Value.GetProperty("dtype").GetString()),
                StringComparer.Ordinal)
            : FamilyLists.Of(name).ToDictionary(
                k => k.Key,
                k => new ExpectedKey([.. k.Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)], null),
                StringComparer.Ordinal);

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "outlines", file))).RootElement;
}
