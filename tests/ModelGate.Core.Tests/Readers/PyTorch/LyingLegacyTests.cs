using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Tests.Readers.Pickle;

namespace ModelGate.Tests.Readers.PyTorch;

public class LyingLegacyTests
{
    private static readonly byte[] Magic = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];
    private static readonly byte[] Version = PickleWriter.Protocol(2).Int(1001).Stop();
    private static readonly byte[] System = PickleWriter.Protocol(2).Ascii("}").Text("little_endian").Raw(0x88).Ascii("s").Stop();
    private static readonly byte[] Keys = PickleWriter.Protocol(2).Ascii("]").Text("7").Ascii("a").Stop();
    private static readonly byte[] Storage = [2, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] Object = Tensor(2);

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "version", Join(Magic, PickleWriter.Protocol(2).Int(1000).Stop(), System, Object, Keys, Storage) },
        { "byteorder", Join(Magic, Version, PickleWriter.Protocol(2).Ascii("}").Text("little_endian").Raw(0x89).Ascii("s").Stop(), Object, Keys, Storage) },
        { "byteorder", Join(Magic, Version, PickleWriter.Protocol(2).Ascii("}").Stop(), Object, Keys, Storage) },
        { "truncated", Join(Magic, Version, System, Object, Keys, Storage[..^1]) },
        { "truncated", Join(Magic, Version, System, Object, Keys) },
        { "trailing-bytes", Join(Magic, Version, System, Object, Keys, Storage, [0]) },
        { "trailing-bytes", Join(Magic, Version, System, Object, Keys, Storage, Object) },
        { "storage-list", Join(Magic, Version, System, Object, PickleWriter.Protocol(2).Ascii("]").Stop()) },
        { "storage-list", Join(Magic, Version, System, Object, PickleWriter.Protocol(2).Ascii("]").Text("8").Ascii("a").Stop(), Storage) },
        { "storage-list", Join(Magic, Version, System, Object, PickleWriter.Protocol(2).Ascii("](").Text("7").Text("7").Ascii("e").Stop(), Storage, Storage) },
        { "storage-size", Join(Magic, Version, System, Tensor(1), Keys, Storage) },
        { "not-literal", Join(Magic, PickleWriter.Protocol(2).Global("foo", "bar").Ascii(")R0").Int(1001).Stop(), System, Object, Keys, Storage) },
        { "not-literal", Join(Magic, Version, System, Object, PickleWriter.Protocol(2).Global("foo", "bar").Ascii("0]").Text("7").Ascii("a").Stop(), Storage) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_legacy_file_that_lies_is_refused_by_its_reason(string reason, byte[] bytes) => Fixture.Refusal(bytes).Reason.Code.Should().Be(reason);

    [Fact]
    public void A_sound_one_is_read() => ((Checkpoint)Fixture.Read(Join(Magic, Version, System, Object, Keys, Storage))).Tensors.Should().ContainSingle();

    [Fact]
    public void A_magic_number_that_is_called_for_is_no_magic_number()
        => Fixture.Refusal(Join(PickleWriter.Protocol(2).Global("__builtin__", "eval").Text("1").Raw(0x85).Ascii("R").Stop(), Version, System, Object, Keys, Storage))
            .Globals.Should().Contain(g => g.Name == "builtins.eval" && g.Verdict == GlobalVerdict.Dangerous);

    [Fact]
    public void A_command_in_the_list_of_storages_is_dangerous()
        => Fixture.Refusal(Join(Magic, Version, System, Object, PickleWriter.Protocol(2).Global("os", "system").Ascii("0]").Stop(), Storage)).Reason.Code.Should().Be("dangerous-global");

    private static byte[] Tensor(long numel)
        => PickleWriter.Protocol(2).Ascii("}").Text("w").Global("torch._utils", "_rebuild_tensor_v2").Ascii("(")
            .Ascii("(").Text("storage").Global("torch", "FloatStorage").Text("7").Text("cpu").Int(numel).Ascii("NtQ")
            .Int(0).Ints(1).Ints(1).Raw(0x89).Global("collections", "OrderedDict").Ascii(")RtRs").Stop();

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];
}
