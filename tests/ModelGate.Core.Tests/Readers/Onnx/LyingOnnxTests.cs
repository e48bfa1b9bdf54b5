using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using static ModelGate.Tests.Readers.Onnx.OnnxBytes;

namespace ModelGate.Tests.Readers.Onnx;

public class LyingOnnxTests
{
    private static readonly byte[] Eight = Message(9, new byte[8]);

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "truncated", Number(1, 8) is var head ? [.. head, 0x3A, 0xFF, 0x7F, 0] : [] },
        { "truncated", [.. Number(1, 8), .. Message(7)] },
        { "truncated", [.. Number(1, 8), .. Message(8, Number(2, 17))] },
        { "protobuf", [.. Number(1, 8), 0x3A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01] },
        { "protobuf", Model([0x0B, 0x0C]) },
        { "protobuf", Model([0x00, 0x00]) },
        { "protobuf", Model([0x0F]) },
        { "protobuf", [.. Model(), .. Message(7)] },
        { "truncated", Model([0x0D, 1, 2]) },
        { "duplicate-key", [.. Model(), .. Pair(14, "a", "1"), .. Pair(14, "a", "2")] },
        { "duplicate-key", [.. Model(), .. Pair(14, "onnx.ir_version", "1")] },
        { "duplicate-key", Model(Message(5, Text(8, "w"), Number(1, 2), Number(2, 1), Eight), Message(5, Text(8, "w"), Number(1, 2), Number(2, 1), Eight)) },
        { "limit", Model(Nested(200)) },
        { "dtype", Tensor(Number(1, 2), Number(2, 0), Eight) },
        { "dtype", Tensor(Number(1, 2), Number(2, 29), Eight) },
        { "dtype", Tensor(Number(1, 2), Eight) },
        { "bad-size", Tensor(Number(1, -2), Number(2, 1), Eight) },
        { "overflow", Tensor(Number(1, 1L << 32), Number(1, 1L << 32), Number(2, 1), Eight) },
        { "tensor-size", Tensor(Number(1, 3), Number(2, 1), Eight) },
        { "tensor-size", Tensor(Number(1, 2), Number(2, 1)) },
        { "tensor-size", Tensor(Number(1, 3), Number(2, 1), Message(4, new byte[8])) },
        { "tensor-size", Tensor(Number(1, 2), Number(2, 1), Message(4, new byte[7])) },
        { "tensor-size", Tensor(Number(1, 3), Number(2, 7), Message(7, [1, 2])) },
        { "truncated", Tensor(Number(1, 1), Number(2, 7), Message(7, [1, 0x80])) },
        { "tensor-size", Tensor(Number(1, 3), Number(2, 22), Message(5, [1])) },
        { "tensor-size", Tensor(Number(1, 3), Number(2, 8), Text(6, "a")) },
        { "tensor-data", Tensor(Number(1, 2), Number(2, 1), Message(5, [1, 2])) },
        { "tensor-data", Tensor(Number(1, 2), Number(2, 1), Message(4, new byte[8]), Eight) },
        { "tensor-data", Tensor(Number(1, 2), Number(2, 1), Message(4, new byte[4]), Message(5, [1])) },
        { "protobuf", Tensor(Number(1, 2), Number(2, 1), Eight, Eight) },
        { "protobuf", Tensor(Number(1, 2), Number(2, 1), Number(9, 8)) },
        { "segment", Tensor(Number(1, 2), Number(2, 1), Message(3, Number(1, 0)), Eight) },
        { "utf-8", Model(Message(5, Message(8, [0xFF]), Number(1, 2), Number(2, 1), Eight)) },
        { "limit", Tensor([.. Enumerable.Repeat(Number(1, 1), 65), Number(2, 1), Message(9, new byte[4])]) },
        { "external-data", External(("location", "../w.bin")) },
        { "external-data", External(("location", "/etc/passwd")) },
        { "external-data", External(("location", "a/../../w.bin")) },
        { "external-data", External(("location", "a\\w.bin")) },
        { "external-data", External(("location", "")) },
        { "external-data", External(("location", "w.bin"), ("location", "w.bin")) },
        { "external-data", External(("location", "w.bin"), ("offset", "-1")) },
        { "external-data", External(("location", "w.bin"), ("offset", "9223372036854775808")) },
        { "external-data", External(("location", "w.bin"), ("length", " 8")) },
        { "external-data", External() },
        { "external-data", Tensor(Number(1, 2), Number(2, 1), Number(14, 2)) },
        { "external-data", Node(Attribute(6, Message(5, Outside))) },
        { "external-data", Node(Attribute(11, Message(5, Outside))) },
        { "external-data", Node(Attribute(6, Message(15, Message(1, Outside)))) },
        { "external-data", Node(Attribute(5, Outside)) },
        { "external-data", Node(Attribute(10, Outside)) },
        { "external-data", Node(Attribute(22, Message(1, Outside))) },
        { "external-data", Node(Attribute(23, Message(2, Outside))) },
        { "external-data", [.. Model(), .. Message(25, Text(1, "f"), Message(7, Attribute(5, Outside)))] },
        { "external-data", [.. Model(), .. Message(25, Text(1, "f"), Message(11, Text(1, "a"), Message(5, Outside)))] },
        { "sparse", Sparse(Number(3, 4), Values(2), Indices(3)) },
        { "sparse", Sparse(Number(3, 4), Values(2)) },
        { "overflow", Sparse(Number(3, long.MaxValue), Number(3, 2), Values(2), Indices(0, 1)) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_model_that_lies_is_refused_by_its_reason(string reason, byte[] bytes)
        => Fixture.Refusal(bytes).Should().Match<ArtifactFault>(e => e.Reason.Code == reason && e.Format == "onnx");

    [Theory]
    [InlineData(4, 5)]
    [InlineData(-1, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    public void A_sparse_index_outside_or_out_of_order_is_refused_when_it_is_read(long first, long second)
    {
        var tensor = ((Checkpoint)Fixture.Read(Sparse(Number(3, 4), Values(2), Indices(first, second)))).Tensors.Single();
        var reading = () => tensor.Data!.CopyElements(0, new byte[16]);

        reading.Should().Throw<ArtifactFault>().Which.Reason.Code.Should().Be("sparse-index");
    }

    [Fact]
    public void Metadata_texts_are_kept_as_they_are()
    {
        byte[] model = [.. Model(), .. Pair(14, "ключ", "\n::error::x")];

        ((Checkpoint)Fixture.Read(model)).Find("ключ").Should().Be(new MetadataValue.Text("\n::error::x"));
    }

    [Fact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var outside = Directory.CreateTempSubdirectory("modelgate-outside");
        var folder = Directory.CreateTempSubdirectory("modelgate-onnx");
        try
        {
            File.WriteAllBytes(Path.Combine(outside.FullName, "secret"), new byte[8]);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "w.bin"), Path.Combine(outside.FullName, "secret"));
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "sub"), outside.FullName);
            foreach (var location in new[] { "w.bin", "sub/secret" })
            {
                using var files = Workspace.Beside(Path.Combine(folder.FullName, "model.onnx"));
                var reading = () => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(External(("location", location))), new ReadBudget(ReadLimits.Default)) { Folder = files });

                reading.Should().Throw<SourceUnavailableException>().Which.Message.Should().Contain("leads out of the workspace");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
            outside.Delete(recursive: true);
        }
    }

    private static byte[] External(params (string Key, string Value)[] entries)
        => Tensor([Number(1, 2), Number(2, 1), Number(14, 1), .. entries.Select(e => Pair(13, e.Key, e.Value))]);

    // A tensor whose elements lie outside of the model's folder, in a node, an attribute or a function: onnx.proto has the numbers of the fields.
    private static byte[] Outside => [.. Text(8, "w"), .. Number(1, 2), .. Number(2, 1), .. Number(14, 1), .. Pair(13, "location", "../w.bin")];

    private static byte[] Node(byte[] attribute) => Model(Message(1, attribute));

    private static byte[] Attribute(int field, byte[] value) => Message(5, Text(1, "a"), Message(field, value));

    private static byte[] Sparse(params byte[][] parts) => Model(Message(15, parts));

    private static byte[] Values(int count) => Message(1, Text(8, "w"), Number(1, count), Number(2, 1), Message(9, new byte[count * 4]));

    private static byte[] Indices(params long[] indices) => Message(2, Number(1, indices.Length), Number(2, 7), Message(9, [.. indices.SelectMany(BitConverter.GetBytes)]));

    // A graph in an attribute of a node of a graph, and so on.
    private static byte[] Nested(int depth)
    {
        var graph = Array.Empty<byte>();
        for (var i = 0; i < depth; i++)
        {
            graph = Message(1, Message(5, Message(6, graph)));
        }

        return graph;
    }
}
