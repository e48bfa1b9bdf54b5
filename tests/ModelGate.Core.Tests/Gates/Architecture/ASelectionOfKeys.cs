using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Gates;

namespace ModelGate.Tests.Gates.Architecture;

public class ASelectionOfKeys
{
    private static readonly ArtifactFile<Checkpoint> Grc = Loaded.File<Checkpoint>(Repository.PathOf("samples", "grc", "best_model.pth"));

    private static readonly KeyManifest Flat = Loaded.File<KeyManifest>(Repository.PathOf("samples", "grc", "expected_flat.json")).Content;

    [Theory]
    [InlineData("mrfs.1", "mrfs.1.conv.weight", true)]
    [InlineData("mrfs.1", "mrfs.10.conv.weight", false)]
    [InlineData("mrfs.1", "mrfs.1", true)]
    [InlineData("mrfs.", "mrfs.10.conv.weight", true)]
    [InlineData("mrfs.*.convs", "mrfs.2.convs.0.conv1.bias", true)]
    [InlineData("mrfs.*.convs", "mrfs.2.conv.bias", false)]
    public void Holds_what_stands_under_a_prefix(string only, string name, bool holds)
        => new KeySelection([only], []).Contains(name).Should().Be(holds);

    [Theory]
    [InlineData("enc_q.*", "enc_q.pre.weight", true)]
    [InlineData("enc_q.*", "dec.enc_q.pre", false)]
    [InlineData("*.num_batches_tracked", "a.b.num_batches_tracked", true)]
    [InlineData("ups.?.bias", "ups.3.bias", true)]
    [InlineData("ups.?.bias", "ups.13.bias", false)]
    public void Leaves_out_what_matches_a_pattern(string ignore, string name, bool isLeftOut)
        => new KeySelection([], [ignore]).Contains(name).Should().Be(!isLeftOut);

    [Fact]
    public void Lets_one_layer_be_tested_at_a_time()
        => Counts(new KeysMustMatch.Options { Only = ["mrfs.1"] }).Should().Equal(2, 12, 0, 0, 0);

    [Fact]
    public void Lets_known_differences_be_ignored()
        => Judge(new KeysMustMatch.Options { Ignore = ["mrfs.*"] }).Summary.Value.Should().StartWith("all keys among those selected align with flat: 12 of 12, parameters equal (");

    [Fact]
    public void That_is_empty_is_not_green()
        => Judge(new KeysMustMatch.Options { Only = ["mrf.1"] }).IsInconclusive.Should().BeTrue();

    [Fact]
    public void Counts_element_types_where_they_are_stated()
    {
        var half = new KeyManifest(Flat.Keys.ToDictionary(k => k.Key, k => k.Value with { DType = k.Key.StartsWith("ups.", StringComparison.Ordinal) ? "float16" : null }, StringComparer.Ordinal));
        var options = new KeysMustMatch.Options { Ignore = ["mrfs.*"] };

        Judge(options, half).Findings.Should().ContainSingle().Which.Message.Value.Should().Be(
            "8 keys have another element type: float32 in place of float16: ups.{0..3}.bias x4, ups.{0..3}.weight x4");
        Judge(options with { Dtype = 8 }, half).Findings.Should().BeEmpty();
    }

    private static IEnumerable<int> Counts(KeysMustMatch.Options options) => Judge(options).Measurements.Select(m => (int)m.Observed!.Value);

    private static Judgement Judge(KeysMustMatch.Options options, KeyManifest? expected = null)
        => new KeysMustMatch().Judge(new KeyedModel(Grc, (expected ?? Flat).Keys, "flat"), options);
}
