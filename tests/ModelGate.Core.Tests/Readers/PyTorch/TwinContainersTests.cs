using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Signals.Checkpoints;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers.PyTorch;

/// <summary>Checkpoints in which two containers could be the weights.</summary>
public class TwinContainersTests
{
    [Theory]
    [InlineData("model", "weight", 2, true)]
    [InlineData("model", "weight", 1, false)]
    [InlineData("state_dict", "model", 2, true)]
    [InlineData("model", "ema", 2, false)]
    [InlineData("model", "optimizer", 2, false)]
    public void Twins_are_ambiguous_where_they_differ(string one, string other, byte filled, bool isAmbiguous)
    {
        var checkpoint = Read(one, other, filled);

        (StateDictChoice.Ambiguity(checkpoint, TestContext.Current.CancellationToken) is not null).Should().Be(isAmbiguous);
    }

    [Fact]
    public void Both_are_named_and_a_choice_settles_it()
    {
        var checkpoint = Read("model", "weight", 2);

        StateDictChoice.Ambiguity(checkpoint, TestContext.Current.CancellationToken)!.Description.Value.Should().Contain("model or weight");
        var chosen = StateDictChoice.Choose(checkpoint, "weight");
        chosen.StateDict.Should().Be("weight");
        StateDictChoice.Ambiguity(chosen, TestContext.Current.CancellationToken).Should().BeNull();
    }

    [Fact]
    public void One_path_for_two_tensors_is_refused()
    {
        var pickle = PickleWriter.Protocol(2).Ascii("}").Text("a.b").Tensor("0", 4, 0, [4], [1]).Ascii("s").Text("a").Ascii("}").Text("b").Tensor("0", 4, 0, [4], [1]).Ascii("ss").Stop();

        Fixture.Refusal(LyingZip.Checkpoint(pickle).ToArray()).Reason.Should().Be(FaultReason.DuplicateKey);
    }

    private static Checkpoint Read(string one, string other, byte filled)
    {
        var pickle = PickleWriter.Protocol(2).Ascii("}").Text(one).Ascii("}").Text("w").Tensor("0", 4, 0, [4], [1]).Ascii("ss")
            .Text(other).Ascii("}").Text("w").Tensor("1", 4, 0, [4], [1]).Ascii("ss").Stop();
        return (Checkpoint)Fixture.Read(LyingZip.Checkpoint(pickle, [.. Enumerable.Repeat((byte)1, 16)]).Add("archive/data/1", [.. Enumerable.Repeat(filled, 16)]).ToArray());
    }
}
