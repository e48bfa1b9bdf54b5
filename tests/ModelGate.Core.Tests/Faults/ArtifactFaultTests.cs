using ModelGate.Faults;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Faults;

public class ArtifactFaultTests
{
    // The pickle of the public report: an import of posix.system, then a byte that is not an opcode.
    private static byte[] DangerousAndBroken => [.. PickleWriter.Protocol(2).Global("posix", "system").ToArray(), 0xFF];

    [Fact]
    public void Damage_behind_a_danger_survives_in_a_bare_pickle_and_in_a_checkpoint()
    {
        foreach (var bytes in new[] { DangerousAndBroken, LyingZip.Checkpoint(DangerousAndBroken).ToArray() })
        {
            var fault = Fixture.Refusal(bytes);

            fault.Reason.Should().Be(FaultReason.DangerousGlobal);
            fault.Kind.Should().Be(FaultKind.AsksForCode);
            fault.Globals.Should().ContainSingle(g => g.Name == "posix.system" && g.Verdict == GlobalVerdict.Dangerous);
            fault.Damage!.Reason.Should().Be(FaultReason.BadOpcode);
        }
    }

    [Fact]
    public void A_fault_leaves_the_readers_with_the_stack_trace_of_the_place_that_found_it()
        => Fixture.Refusal(LyingZip.Checkpoint([.. PickleWriter.Protocol(2).ToArray(), 0xFF]).ToArray()).StackTrace.Should().Contain("PickleMachine");

    [Fact]
    public void A_part_is_named_in_front_and_keeps_its_own_offset()
    {
        var fault = new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the header ends early"), 12);
        fault.Add(SafeText.Of($"as older writers do"));
        fault.Part = "model-00001.safetensors";

        fault.Offset.Should().BeNull();
        fault.Message.Should().Be("in model-00001.safetensors: the header ends early; as older writers do (offset 12)");
    }

    [Fact]
    public void A_call_with_nonsense_is_malformed_and_not_damaged()
        => Fixture.Refusal(LyingZip.Checkpoint(PickleWriter.Protocol(2).Global("collections", "OrderedDict").Ascii("(K\u0001K\u0002tR").Stop()).ToArray())
            .Should().Match<ArtifactFault>(f => f.Reason == FaultReason.BadArguments && f.Kind == FaultKind.Malformed);
}
