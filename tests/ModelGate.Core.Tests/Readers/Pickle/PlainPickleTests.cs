using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Reports;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers.Pickle;

public class PlainPickleTests
{
    [Fact]
    public void A_pickle_without_tensors_is_described()
    {
        var data = (PickledData)Fixture.Read(PickleWriter.Protocol(2).Ascii("}").Text("epoch").Int(7).Ascii("s").Text("phones").Ascii("](").Text("a").Text("b").Ascii("es").Stop());

        data.Outline.Select(l => l.Value).Should().Equal("dict of 2", "  epoch: int", "  phones: list of 2 str");
        data.Globals.Should().BeEmpty();
    }

    [Fact]
    public void Names_that_the_restricted_unpickler_lacks_are_said_and_only_those()
    {
        // PyTorch 2.9: numpy's names are on no list of torch.load's, and have to be allowed.
        Answer(PickleWriter.Protocol(2).Ascii("(").Tensor("0", 4, 0, [4], [1]).Global("numpy", "dtype").Ascii("t").Stop()).Should().EndWith("add_safe_globals allows numpy.dtype");
        Answer(PickleWriter.Protocol(2).Tensor("0", 4, 0, [4], [1]).Stop()).Should().Be("torch.load(weights_only=True) reads it");
    }

    [Fact]
    public void What_PyTorch_1_13_finds_is_found_but_for_what_went_since()
    {
        var names = File.ReadAllLines(Fixture.PathOf("torch1/weights_only_1.13.txt"));

        WeightsOnlyGlobals.Missing(names.Select(n => new GlobalUse(n, GlobalVerdict.Allowed, 1, 0))).Should().Equal("torch._utils._rebuild_sparse_csr_tensor");
    }

    [Theory]
    [InlineData("collections.defaultdict")]
    [InlineData("torch.nn.parameter.Buffer")]
    [InlineData("torch.nn.modules.linear.Linear")]
    [InlineData("torch._utils._rebuild_nested_tensor")]
    public void What_the_restricted_unpickler_refuses_is_not_said_to_load(string name)
        => WeightsOnlyGlobals.Missing([new GlobalUse(name, GlobalVerdict.Allowed, 1, 0)]).Should().Equal(name);

    [Theory]
    [InlineData("torch2/weights_protocol5.pth", 149)]
    [InlineData("torch2/weights_legacy_protocol4.pth", 149)]
    [InlineData("torch2/weights_path.pth", null)]
    [InlineData("torch1/state_dict_legacy.pth", null)]
    [InlineData("torch1/sparse_csr.pth", null)]
    public void An_opcode_that_the_restricted_unpickler_does_not_know_is_the_one_that_PyTorch_names(string fixture, int? operand)
        => ((int?)Fixture.Checkpoint(fixture).UnknownOpcode).Should().Be(operand);

    private static string Answer(byte[] pickle)
        => WeightsOnly.Answer(Inspection.Of("m.pth", new MemoryByteSource(LyingZip.Checkpoint(pickle).ToArray()), new ReadBudget(ReadLimits.Default))).Value;
}
