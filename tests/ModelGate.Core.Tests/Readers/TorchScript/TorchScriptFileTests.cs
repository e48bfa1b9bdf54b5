using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers.TorchScript;

public class TorchScriptFileTests
{
    private static readonly byte[] Pickle = PickleWriter.Protocol(2).Ascii("}").Text("w").Tensor("0", 4, 0, [2, 2], [2, 1]).Ascii("s").Stop();

    [Theory]
    [InlineData("torch1/gain.torchscript.pt")]
    [InlineData("torch2/scripted.torchscript.pt")]
    [InlineData("torch2/traced.torchscript.pt")]
    public void The_tensors_of_the_module_agree(string name)
    {
        var expected = Fixture.Expected(name);
        foreach (var (key, value) in Fixture.Expected(name, "attributes"))
        {
            expected.TryAdd(key, value);
        }

        var found = Fixture.Checkpoint(name);

        found.Format.Should().Be("torchscript");
        found.ShouldAgree(expected);
    }

    [Fact]
    public void The_program_is_listed_and_warned_of()
    {
        var found = Fixture.Checkpoint("torch1/gain.torchscript.pt");

        found.Code.Select(c => c.Value).Should().Equal("TorchScript code/__torch__.py", "TorchScript code/__torch__/torch/nn/modules/conv.py");
        found.Warnings.Should().ContainSingle().Which.Value.Should().StartWith("the file contains code that runs when it is loaded: TorchScript code/__torch__.py");
        found.Globals.Should().OnlyContain(g => g.Verdict == GlobalVerdict.Allowed, "classes of the program are no imports");
    }

    [Fact]
    public void A_checkpoint_that_hides_a_program_is_one()
    {
        var hidden = (Checkpoint)Fixture.Read(LyingZip.Checkpoint(Pickle).Add("archive/code/__torch__.py", "x"u8.ToArray()).ToArray());

        hidden.Format.Should().Be("torchscript");
        hidden.Code.Should().NotBeEmpty();
        hidden.Tensors.Should().ContainSingle().Which.Name.Should().Be("w");
    }

    [Theory]
    [InlineData("archive/constants.pkl")]
    [InlineData("archive/bytecode.pkl")]
    [InlineData("archive/traced_inputs.pkl")]
    public void What_its_other_pickles_import_is_judged_too(string record)
    {
        var evil = PickleWriter.Protocol(2).Global("os", "system").Text("x").Ascii("\x85R").Stop();
        var archive = LyingZip.Checkpoint(Pickle).Add("archive/code/__torch__.py", "x"u8.ToArray()).Add(record, evil).ToArray();

        Fixture.Refusal(archive).Should().Match<ArtifactFault>(e => e.Reason.Code == "dangerous-global" && e.Format == "torchscript");
    }

    [Fact]
    public void Files_without_a_data_pickle_are_described()
    {
        var old = (Checkpoint)Fixture.Read(new LyingZip().Add("m/model.json", "{}"u8.ToArray()).Add("m/version", "1\n"u8.ToArray()).ToArray());

        old.Tensors.Should().BeEmpty();
        old.Code.Should().NotBeEmpty();
    }
}
