using System.Text;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Tests.Readers.Safetensors;

/// <summary>The vectors of the format's own tests, and what they leave open.</summary>
public class SafetensorsRulesTests
{
    private const string One = """{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "overlapping-tensors", File("{" + string.Join(",", Enumerable.Range(0, 10).Select(i => $$"""
            "t{{i}}":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}
            """)) + "}", 8) },
        { "trailing-bytes", [.. File(One, 8), .. "extra_bogus_data_for_polyglot_file"u8] },
        { "truncated", File(One, 6) },
        { "header-length", [0x3C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, .. "{\"t\":{}}"u8] },
        { "header-length", [0x3C, 0, 0, 0, 0, 0, 0, 0] },
        { "header-length", [0xFF, 0xE0, 0xF5, 0x05, 0, 0, 0, 0, (byte)'{', .. new byte[1000]] },
        { "header-length", [0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, (byte)'{', .. new byte[1000]] },
        { "json", [1, 0, 0, 0, 0, 0, 0, 0, 0xFF] },
        { "json", [1, 0, 0, 0, 0, 0, 0, 0, (byte)'{'] },
        { "tensor-size", File("""{"t":{"dtype":"F32","shape":[2,2],"data_offsets":[0,8]}}""", 8) },
        { "tensor-size", File("""{"t":{"dtype":"F4","shape":[1,2],"data_offsets":[0,2]}}""", 2) },
        { "bad-size", File("""{"t":{"dtype":"F4","shape":[1,3],"data_offsets":[0,1]}}""", 1) },
        { "bad-size", File("""{"t":{"dtype":"F32","shape":[2,18446744073709551614],"data_offsets":[0,8]}}""", 8) },
        { "overflow", File("""{"t":{"dtype":"F32","shape":[2,9223372036854775807],"data_offsets":[0,8]}}""", 8) },
        { "overflow", File("""{"t":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8) },
        { "tensor-size", File("""{"t":{"dtype":"F64","shape":[9223372036854775807],"data_offsets":[0,8]}}""", 8) },
        { "offset", File("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16) },
        { "offset", File("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"u":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 8) },
        { "offset", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12) },
        { "dtype", File("""{"t":{"dtype":"F128","shape":[1],"data_offsets":[0,16]}}""", 16) },
        { "dtype", File("""{"t":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4) },
        { "duplicate-key", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8) },
        { "duplicate-key", File("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8) },
        { "duplicate-key", File("""{"t":{"dtype":"F32","dtype":"I32","shape":[1],"data_offsets":[0,4]}}""", 4) },
        { "duplicate-key", File("""{"__metadata__":{},"__metadata__":{}}""", 0) },
        { "duplicate-key", File("""{"__metadata__":{"a":"1","a":"2"}}""", 0) },
        { "header", File("""{"__metadata__":{"a":1}}""", 0) },
        { "header", File("""{"__metadata__":{"a":{"b":"c"}}}""", 0) },
        { "header", File("""{"__metadata__":"a"}""", 0) },
        { "header", File(""" []""", 0) },
        { "header", File("""{"t":[1]}""", 0) },
        { "header", File("""{"t":{"dtype":"F32","shape":[1]}}""", 0) },
        { "header", File("""{"t":{"dtype":"F32","shape":null,"data_offsets":[0,4]}}""", 4) },
        { "header", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":["0",4]}}""", 4) },
        { "header", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[false,4]}}""", 4) },
        { "header", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", 4) },
        { "bad-size", File("""{"t":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4) },
        { "bad-size", File("""{"t":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}""", 4) },
        { "bad-size", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[-4,4]}}""", 4) },
        { "bad-size", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551616]}}""", 4) },
        { "header", File("{\"t\":" + new string('[', 100_000), 0) },
        { "json", File("{\"t\":{\"more\":" + new string('[', 100_000), 0) },
        { "json", File("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""", 4) },
        { "json", File("""{/* no */}""", 0) },
        { "json", File("""{"\uD800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4) },
        { "json", File("{}{}", 0) },
        { "limit", File("""{"t":{"dtype":"F32","shape":[""" + string.Join(",", Enumerable.Repeat("1", 65)) + """],"data_offsets":[0,4]}}""", 4) },
    };

    public static TheoryData<string, int, int> Accepted => new()
    {
        { "{}", 0, 0 },
        { "{}\r \t\n", 0, 0 },
        { " \n\t\r{}", 0, 0 },
        { """{"t":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, 1 },
        { """{"t":{"dtype":"F32","shape":[2,0],"data_offsets":[0,0]}}""", 0, 1 },
        { """{"t":{"dtype":"F32","shape":[2,0,9223372036854775807,2],"data_offsets":[0,0]}}""", 0, 1 },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":{"of":["this"]}}}""", 4, 1 },
        { """{"":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a/b c":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, 2 },
        { """{"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 2, 2 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_file_that_breaks_a_rule_is_refused_by_its_reason(string reason, byte[] bytes)
        => Fixture.Refusal(bytes).Should().Match<ArtifactFault>(e => e.Reason.Code == reason && e.Format == "safetensors");

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_file_that_keeps_them_is_read(string header, int bytes, int tensors)
        => ((Checkpoint)Fixture.Read(File(header, bytes))).Tensors.Should().HaveCount(tensors);

    [Fact]
    public void Names_from_a_file_are_kept_as_they_are()
        => ((Checkpoint)Fixture.Read(File("""{"::error\n<script>|\u001b[2J":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1))).Tensors.Single().Name.Should().Be("::error\n<script>|\u001b[2J");

    [Theory]
    [InlineData(0x0080)]
    [InlineData(0x0180)]
    [InlineData(0x0280)]
    [InlineData(0x010280)]
    public void A_header_length_that_begins_like_a_pickle_is_a_length(int length) => Fixture.Read(File("{}".PadRight(length), 0)).Format.Should().Be("safetensors");

    [Fact]
    public void A_header_length_with_an_opcode_in_it_is_a_pickle()
        => Fixture.Refusal([0x80, 2, (byte)'G', 0, 0, 0, 0, 0, (byte)'{', 0, 0, .. "cos\nsystem\n."u8]).Reason.Code.Should().Be("dangerous-global");

    [Fact]
    public void Floats_of_six_bits_are_listed_without_values()
    {
        var checkpoint = (Checkpoint)Fixture.Read(File("""{"t":{"dtype":"F6_E2M3","shape":[4],"data_offsets":[0,3]}}""", 3));

        checkpoint.Tensors.Single().Should().Match<TensorEntry>(t => t.DType == DType.Float6E2M3FN && t.Data == null);
        checkpoint.Warnings.Should().ContainSingle();
    }

    [Theory]
    [InlineData("../other.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/other.safetensors")]
    [InlineData("..")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("")]
    [InlineData("x\u202E")]
    public void An_index_reaches_no_other_folder(string shard)
        => Fixture.Refusal(Encoding.UTF8.GetBytes("{\"weight_map\":{\"t\":" + System.Text.Json.JsonSerializer.Serialize(shard) + "}}")).Should()
            .Match<ArtifactFault>(e => e.Reason.Code == "shard" && e.Message.Contains("plain name"));

    private static byte[] File(string header, int bytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[bytes]];
    }
}
