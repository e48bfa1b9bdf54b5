using ModelGate.Architecture.Keys;

namespace ModelGate.Tests.Architecture.Keys;

public class KeySelectionTests
{
    [Theory]
    [InlineData("mrfs.1", "mrfs.1.conv.weight", true)]
    [InlineData("mrfs.1", "mrfs.10.conv.weight", false)]
    [InlineData("mrfs.1", "mrfs.1", true)]
    [InlineData("mrfs.", "mrfs.10.conv.weight", true)]
    [InlineData("mrfs.*.convs", "mrfs.2.convs.0.conv1.bias", true)]
    [InlineData("mrfs.*.convs", "mrfs.2.conv.bias", false)]
    public void Only_holds_what_stands_under_a_prefix(string only, string name, bool holds)
        => new KeySelection([only], []).Contains(name).Should().Be(holds);

    [Theory]
    [InlineData("enc_q.*", "enc_q.pre.weight", true)]
    [InlineData("enc_q.*", "dec.enc_q.pre", false)]
    [InlineData("*.num_batches_tracked", "a.b.num_batches_tracked", true)]
    [InlineData("ups.?.bias", "ups.3.bias", true)]
    [InlineData("ups.?.bias", "ups.13.bias", false)]
    public void Ignore_leaves_out_what_matches_a_pattern(string ignore, string name, bool isLeftOut)
        => new KeySelection([], [ignore]).Contains(name).Should().Be(!isLeftOut);
}
