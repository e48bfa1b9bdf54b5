using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Differences;
using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Tests.Architecture.Outlines;

public class StructureDifferenceTests
{
    [Fact]
    public void Shows_a_nested_list_beside_a_single_module_once_for_all_that_are_alike()
    {
        var nested = Keys(from mrf in Enumerable.Range(0, 4) from block in Enumerable.Range(0, 3) from conv in new[] { 1, 2 }
                          from key in new[] { ("weight", "32,8,3"), ("bias", "32") }
                          select ($"mrfs.{mrf}.convs.{block}.conv{conv}.{key.Item1}", key.Item2));
        var flat = Keys(from mrf in Enumerable.Range(0, 4) from key in new[] { ("weight", "32,32,3"), ("bias", "32") } select ($"mrfs.{mrf}.conv.{key.Item1}", key.Item2));

        var shown = Of([.. nested, .. Pre], [.. flat, .. Pre]).Should().ContainSingle().Subject;

        shown.Where.Value.Should().Be("mrfs.{0..3}");
        Text(shown.Found).Should().Be(
            "class Mrf:\n    self.convs = nn.ModuleList([ConvBlock() for _ in range(3)])\nclass ConvBlock:\n" +
            "    self.conv1 = nn.Conv1d(32, 32, kernel_size=3, groups=4)\n    self.conv2 = nn.Conv1d(32, 32, kernel_size=3, groups=4)");
        Text(shown.Expected).Should().Be("class Mrf:\n    self.conv = nn.Conv1d(32, 32, kernel_size=3)");
    }

    [Fact]
    public void Shows_nothing_where_a_mapping_resolves_all()
        => Of(Keys([("module.a.weight", "3,2"), ("module.a.bias", "3")]), Keys([("a.weight", "3,2"), ("a.bias", "3")])).Should().BeEmpty();

    [Fact]
    public void Shows_both_lists_where_one_is_longer()
    {
        var shown = Of(
            [.. Keys(Enumerable.Range(0, 2).Select(i => ($"layers.{i}.weight", "3,3"))), .. Pre],
            [.. Keys(Enumerable.Range(0, 5).Select(i => ($"layers.{i}.weight", "3,3"))), .. Pre]).Should().ContainSingle().Subject;

        Text(shown.Found).Should().Be("class Model:\n    self.layers = nn.ModuleList([nn.Linear(3, 3, bias=False) for _ in range(2)])");
        Text(shown.Expected).Should().Be("class Model:\n    self.layers = nn.ModuleList([nn.Linear(3, 3, bias=False) for _ in range(5)])");
    }

    [Fact]
    public void Shows_layers_of_another_shape()
    {
        var shown = Of([.. Keys([("enc_p.emb.weight", "131,192")]), .. Pre], [.. Keys([("enc_p.emb.weight", "178,192")]), .. Pre]).Should().ContainSingle().Subject;

        Text(shown.Found).Should().Be("class EncP:\n    self.emb = nn.Embedding(131, 192)");
        Text(shown.Expected).Should().Be("class EncP:\n    self.emb = nn.Embedding(178, 192)");
    }

    [Fact]
    public void Shows_nothing_of_two_networks_that_share_nothing()
        => Of(Keys([("a.weight", "3,2")]), Keys([("b.weight", "5,4"), ("c.weight", "7,4")])).Should().BeEmpty();

    private static KeyValuePair<string, ExpectedKey>[] Pre => Keys([("conv_pre.weight", "64,80,7"), ("conv_pre.bias", "64")]);

    private static IReadOnlyList<ModuleOutlines> Of(KeyValuePair<string, ExpectedKey>[] left, KeyValuePair<string, ExpectedKey>[] right)
    {
        var keys = KeyComparison.Of(left.ToDictionary(StringComparer.Ordinal), right.ToDictionary(StringComparer.Ordinal));
        return StructureDifference.Of(keys, Diagnosis.Of(keys));
    }

    private static KeyValuePair<string, ExpectedKey>[] Keys(IEnumerable<(string Name, string Shape)> keys)
        => [.. keys.Select(k => KeyValuePair.Create(k.Name, new ExpectedKey([.. k.Shape.Split(',').Select(long.Parse)], null)))];

    private static string Text(IReadOnlyList<SafeText> lines) => string.Join('\n', lines.Select(l => l.Value));
}
