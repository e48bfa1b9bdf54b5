using ModelGate.Artifacts;
using ModelGate.Signals.Weights;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers.PyTorch;

public class LyingTensorTests
{
    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "storage-key", Tensor("../x", 4, 0, [4], [1]) },
        { "storage-key", Tensor("0/../1", 4, 0, [4], [1]) },
        { "storage-key", Tensor("", 4, 0, [4], [1]) },
        { "storage-key", Tensor("\u0661", 4, 0, [4], [1]) },
        { "missing-record", Tensor("1", 4, 0, [4], [1]) },
        { "storage-size", Tensor("0", 3, 0, [3], [1]) },
        { "storage-size", Tensor("0", 5, 0, [4], [1]) },
        { "overflow", Tensor("0", -1, 0, [4], [1]) },
        { "overflow", Tensor("0", 1L << 62, 0, [4], [1]) },
        { "overflow", Tensor("0", 4, 0, [1L << 32, 1L << 32], [0, 0]) },
        { "overflow", Tensor("0", 4, 0, [long.MaxValue, 2], [0, 0]) },
        { "overflow", Tensor("0", 4, 0, [1L << 40, 1L << 40, 0], [0, 0, 0]) }, // numel: integer multiplication overflow
        { "limit", Tensor("0", 4, 0, [.. Enumerable.Repeat(1L, 100_000)], [.. Enumerable.Repeat(0L, 100_000)]) },
        { "out-of-range", Tensor("0", 4, 0, [5], [1]) },
        { "out-of-range", Tensor("0", 4, 1, [4], [1]) },
        { "out-of-range", Tensor("0", 4, 0, [2, 2], [3, 1]) },
        { "out-of-range", Tensor("0", 4, -1, [4], [1]) },
        { "bad-size", Tensor("0", 4, 0, [4], [-1]) },
        { "bad-size", Tensor("0", 4, 0, [-4], [1]) },
        { "out-of-range", Tensor("0", 4, 0, [2], [1L << 62]) },
        { "out-of-range", Tensor("0", 4, 0, [long.MaxValue], [long.MaxValue]) },
        { "out-of-range", Tensor("0", 4, long.MaxValue, [1], [1]) },
        { "bad-arguments", Tensor("0", 4, 0, [2, 2], [1]) },
        { "bad-size", Zipped(PickleWriter.Protocol(2).Global("torch._utils", "_rebuild_tensor_v2").Ascii("(").Storage("FloatStorage", "0", 4).Int(0).Raw(0x88, 0x85).Ints(1).Raw(0x89).Ascii("NtR").Stop()) },
        { "bad-size", Zipped(PickleWriter.Protocol(2).Global("torch._utils", "_rebuild_tensor_v2").Ascii("(").Storage("FloatStorage", "0", 4).Int(0).Raw(0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x85).Ints(1).Raw(0x89).Ascii("NtR").Stop()) },
        { "storage-conflict", Zipped(PickleWriter.Protocol(2).Ascii("(").Storage("FloatStorage", "0", 4).Storage("LongStorage", "0", 2).Ascii("t").Stop()) },
        { "storage-conflict", Zipped(PickleWriter.Protocol(2).Ascii("(").Storage("FloatStorage", "0", 4).Storage("FloatStorage", "0", 2).Ascii("t").Stop()) },
        { "persistent-id", Zipped(PickleWriter.Protocol(2).Ascii("(").Text("module").Global("foo", "Bar").Ascii("NNtQ").Stop()) },
        { "persistent-id", Zipped(PickleWriter.Protocol(2).Ascii("(").Text("storage").Global("foo", "FloatStorage").Text("0").Text("cpu").Int(4).Ascii("tQ").Stop()) },
        { "persistent-id", Zipped(PickleWriter.Protocol(2).Ascii("(").Int(1).Global("torch", "FloatStorage").Text("0").Text("cpu").Int(4).Ascii("tQ").Stop()) },
        { "setitem-target", Zipped(PickleWriter.Protocol(2).Tensor("0", 4, 0, [4], [1]).Int(0).Int(1).Ascii("s").Stop()) },
        { "duplicate-key", Zipped(PickleWriter.Protocol(2).Ascii("}").Text("w").Tensor("0", 4, 0, [4], [1]).Ascii("s").Text("w").Tensor("0", 4, 0, [2], [1]).Ascii("s").Stop()) },
        { "cycle", Zipped(PickleWriter.Protocol(2).Ascii("]q").Raw(0).Tensor("0", 4, 0, [4], [1]).Ascii("ah").Raw(0).Ascii("a").Stop()) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_tensor_that_lies_is_refused_by_its_reason(string reason, byte[] bytes) => Fixture.Refusal(bytes).Reason.Code.Should().Be(reason);

    [Fact]
    public void Sizes_of_zero_may_have_any_strides() => ((Checkpoint)Fixture.Read(Tensor("0", 4, 0, [0, 5], [99, 1L << 40]))).Tensors[0].Elements.Should().Be(0);

    [Fact]
    public void An_expanded_tensor_is_described_and_its_one_number_measured_once()
    {
        var tensor = ((Checkpoint)Fixture.Read(Zipped(PickleWriter.Protocol(2).Ascii("]").Tensor("0", 4, 1, [1_000_000, 1_000_000], [0, 0]).Ascii("a").Stop()))).Tensors[0];

        var statistics = TensorStatistics.Measure(tensor, TestContext.Current.CancellationToken);

        tensor.Elements.Should().Be(1_000_000_000_000);
        statistics!.NaN.Should().Be(1_000_000_000_000);
    }

    [Fact]
    public void A_transposed_tensor_is_read_row_by_row()
    {
        var storage = new byte[6 * 4];
        for (var i = 0; i < 6; i++)
        {
            BitConverter.TryWriteBytes(storage.AsSpan(i * 4), (float)i);
        }

        var bytes = LyingZip.Checkpoint(PickleWriter.Protocol(2).Ascii("]").Tensor("0", 6, 0, [3, 2], [1, 3]).Ascii("a").Stop(), storage).ToArray();
        var tensor = ((Checkpoint)Fixture.Read(bytes)).Tensors[0];
        var elements = new byte[5 * 4];
        tensor.Data!.CopyElements(1, elements);

        Enumerable.Range(0, 5).Select(i => BitConverter.ToSingle(elements, i * 4)).Should().Equal(3, 1, 4, 2, 5);
    }

    private static byte[] Tensor(string key, long numel, long offset, long[] shape, long[] strides)
        => Zipped(PickleWriter.Protocol(2).Ascii("]").Tensor(key, numel, offset, shape, strides).Ascii("a").Stop());

    // Sixteen bytes that are not a number, four times.
    private static byte[] Zipped(byte[] pickle) => LyingZip.Checkpoint(pickle, [.. Enumerable.Repeat((byte)0xFF, 16)]).ToArray();
}
