using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Readers.Gguf;

public class GoldenGgufTests
{
    // Codebooks of thousands of entries: their blocks are listed and not read.
    private static readonly string[] ListedOnly = ["iq2_xxs", "iq2_xs", "iq2_s", "iq3_xxs", "iq3_s", "iq1_s", "iq1_m"];

    public static TheoryData<string> Sound => GoldenTensors.Files("gguf", refused: false);

    public static TheoryData<string, Func<byte[], byte[]>> Hurt => new()
    {
        { "truncated", b => b[..^40] },
        { "truncated", b => b[..200] },
        { "version", b => Set(b, 4, 1) },
        { "version", b => Set(b, 4, 99) },
        { "limit", b => Set(b, 13, 1) },
        { "limit", b => Set(b, 23, 0x20) },
        { "unknown-format", b => Set(b, 3, (byte)'X') },
        { "limit", b => Set(b, 31, 0x40) },
        { "limit", b => Set(b, IndexOf(b, "llama"u8) - 1, 0x40) },
        { "bad-type", b => Set(b, IndexOf(b, "general.architecture"u8) + 20, 13) },
        { "dtype", b => Set(b, IndexOf(b, "token_embd.weight"u8) + 17 + 4 + 16, 4) },
        { "limit", b => Set(b, IndexOf(b, "token_embd.weight"u8) + 17, 65) },
        { "overflow", b => Set(b, IndexOf(b, "token_embd.weight"u8) + 17 + 4 + 7, 0x80) },
        { "truncated", b => Set(b, IndexOf(b, "token_embd.weight"u8) + 17 + 4 + 5, 1) },
        { "offset", b => Set(b, IndexOf(b, "token_embd.weight"u8) + 17 + 4 + 16 + 4, 1) },
        { "overlapping-tensors", b => Set(b, IndexOf(b, "token_embd.weight"u8) + 17 + 4 + 16 + 4, 32) },
        { "duplicate-key", b => Set(b, IndexOf(b, "t.i8"u8), (byte)'t', (byte)'.', (byte)'u') },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_number_agrees(string file)
    {
        var found = GoldenTensors.Read($"gguf/{file}");

        found.Format.Should().Be("gguf");
        found.ShouldAgree(GoldenTensors.Expected("gguf", file), ListedOnly);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_metadata_value_agrees(string file)
    {
        var found = GoldenTensors.Read($"gguf/{file}");
        foreach (var entry in GoldenTensors.Description("gguf", file).GetProperty("metadata").EnumerateObject().Where(e => !e.Name.StartsWith("GGUF.")))
        {
            Text(found.Find(entry.Name)).Should().Be(Text(entry.Value.GetProperty("value")), entry.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Hurt))]
    public void A_hurt_file_is_refused_by_its_reason(string reason, Func<byte[], byte[]> hurt)
        => Fixture.Refusal(hurt(Fixture.Bytes("gguf/floats-and-metadata.gguf"))).Reason.Code.Should().Be(reason);

    [Fact]
    public void Blocks_that_need_a_codebook_have_no_statistics()
        => GoldenTensors.Read("gguf/random-blocks.gguf").Tensors.Where(t => ListedOnly.Contains(t.DType.Name())).Should()
            .HaveCount(7).And.OnlyContain(t => TensorStatistics.Measure(t, default) == null);

    [Fact]
    public void A_block_is_read_from_any_of_its_values_on()
    {
        foreach (var tensor in ((Checkpoint)Fixture.Read(Fixture.Bytes("gguf/quantized.gguf"))).Tensors)
        {
            var whole = new byte[tensor.Elements * 4];
            tensor.Data!.CopyElements(0, whole);
            var part = new byte[300 * 4];
            tensor.Data.CopyElements(37, part);

            part.Should().Equal(whole[(37 * 4)..(337 * 4)], tensor.Name);
        }
    }

    private static byte[] Set(byte[] bytes, int at, params byte[] values)
    {
        values.CopyTo(bytes, at);
        return bytes;
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> text) => bytes.AsSpan().IndexOf(text);

    private static string Text(MetadataValue? value) => value switch
    {
        MetadataValue.Text text => text.Value,
        MetadataValue.Integer number => $"{number.Value}",
        MetadataValue.Real number => $"{number.Value:R}",
        MetadataValue.Bool truth => truth.Value ? "true" : "false",
        MetadataValue.List list => string.Join(",", list.Items.Select(Text)),
        _ => "nothing",
    };

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.TryGetInt64(out var integer) ? $"{integer}" : value.GetRawText().Contains('.') ? $"{value.GetDouble():R}" : value.GetRawText(),
        _ => value.GetRawText(),
    };
}
