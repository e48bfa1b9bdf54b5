using System.Text;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Readers.TorchSharp;

/// <summary>Files as TorchSharp's Module.save writes them, and as it should not have to read them.</summary>
public class TorchSharpFileTests
{
    private static readonly byte[] Sound =
    [
        2,
        .. Name("weight"), 6, 2, 2, 3, .. Floats(1, -2, 3, 4.5f, float.NaN, 6),
        .. Name("step"), 4, 0, .. BitConverter.GetBytes(42L),
    ];

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "truncated", Sound[..^1] },
        { "trailing-bytes", [.. Sound, 0] },
        { "limit", [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, .. Sound[1..]] },
        { "leb128", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, .. Sound[1..]] },
        { "leb128", [1, .. Name("w"), 6, 0x81, 0x00, 1, 0, 0, 0, 0] },
        { "leb128", [1, .. Name("w"), 6, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01] },
        { "limit", [1, .. Name("w"), 6, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20] },
        { "truncated", [1, 100, .. "w"u8] },
        { "utf-8", [2, .. Name("w"), 0, 0, 1, 2, 0xC3, 0x28, 6, 0, 0, 0, 0, 0] },
        { "dtype", [1, .. Name("w"), 8, 0, 0] },
        { "dtype", [1, .. Name("w"), 16, 0, 0] },
        { "dtype", [1, .. Name("w"), 12, 0, 0] },
        { "dtype", [1, .. Name("w"), 0xE7, 0x24, 0, 0] },
        { "overflow", [1, .. Name("w"), 6, 2, 0x80, 0x80, 0x80, 0x80, 0x10, 0x80, 0x80, 0x80, 0x80, 0x10] },
        { "truncated", [1, .. Name("w"), 7, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0] },
        { "duplicate-key", [2, .. Name("w"), 0, 0, 1, .. Name("w"), 0, 0, 1] },
        { "unknown-format", [0] },
        { "unknown-format", [0, 0, 0, 0] },
    };

    [Fact]
    public void Names_types_sizes_and_values_are_read()
    {
        var found = (Checkpoint)Fixture.Read(Sound);

        found.Format.Should().Be("torchsharp");
        found.Tensors.Select(t => $"{t.Name} {t.DType.Name()} [{string.Join(",", t.Shape)}]").Should().Equal("weight float32 [2,3]", "step int64 []");
        TensorStatistics.Measure(found.Tensors[0], TestContext.Current.CancellationToken).Should().Match<TensorStatistics>(s => s.NaN == 1 && s.Minimum == -2 && s.Maximum == 6 && s.Mean == 2.5);
        TensorStatistics.Measure(found.Tensors[1], TestContext.Current.CancellationToken)!.Mean.Should().Be(42);
    }

    [Theory]
    [InlineData(0, "uint8", 1)]
    [InlineData(1, "int8", 1)]
    [InlineData(2, "int16", 2)]
    [InlineData(3, "int32", 4)]
    [InlineData(4, "int64", 8)]
    [InlineData(5, "float16", 2)]
    [InlineData(6, "float32", 4)]
    [InlineData(7, "float64", 8)]
    [InlineData(9, "complex64", 8)]
    [InlineData(10, "complex128", 16)]
    [InlineData(11, "bool", 1)]
    [InlineData(15, "bfloat16", 2)]
    public void Every_scalar_type_is_known(byte number, string type, int bytes)
        => ((Checkpoint)Fixture.Read([1, .. Name("w"), number, 1, 3, .. new byte[3 * bytes]])).Tensors.Single().DType.Name().Should().Be(type);

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_file_that_lies_is_refused_by_its_reason(string reason, byte[] bytes) => Fixture.Refusal(bytes).Reason.Code.Should().Be(reason);

    [Fact]
    public void A_name_whose_length_counts_characters_is_explained()
    {
        // Seven characters, nine bytes: the last two are read as type and rank.
        byte[] bytes = [1, 7, .. "größe.w"u8, 6, 1, 1, .. Floats(1)];

        Fixture.Refusal(bytes).Message.Should().Contain("exportsd.py");
    }

    [Fact]
    public void A_count_that_begins_like_a_pickle_is_a_count()
        => ((Checkpoint)Fixture.Read([0x80, 2, .. Enumerable.Range(0, 256).SelectMany(i => (byte[])[.. Name($"layer.{i}"), 0, 0, 1])])).Tensors.Should().HaveCount(256);

    [Fact]
    public void Text_is_not_taken_for_one() => Fixture.Refusal("hello world, this is a line of text\n"u8.ToArray()).Reason.Code.Should().Be("unknown-format");

    private static byte[] Name(string name) => [(byte)Encoding.UTF8.GetByteCount(name), .. Encoding.UTF8.GetBytes(name)];

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
