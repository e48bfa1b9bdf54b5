using System.Text;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers.TorchExport;

public class TorchExportFileTests
{
    private const string Meta = """{"dtype":7,"sizes":[{"as_int":2},{"as_int":2}],"strides":[{"as_int":2},{"as_int":1}],"storage_offset":{"as_int":0},"layout":7}""";

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "path", Archive("../../x", Meta).ToArray() },
        { "path", Archive("a/b", Meta).ToArray() },
        { "missing-record", Archive("weight_9", Meta).ToArray() },
        { "out-of-range", Archive("weight_0", Meta.Replace("\"as_int\":0", "\"as_int\":1")).ToArray() },
        { "out-of-range", Archive("weight_0", Meta.Replace("{\"as_int\":1}]", "{\"as_int\":4611686018427387904}]")).ToArray() },
        { "out-of-range", Archive("weight_0", Meta.Replace("[{\"as_int\":2},{\"as_int\":2}]", "[{\"as_int\":4294967296},{\"as_int\":2}]")).ToArray() },
        { "overflow", Archive("weight_0", Meta.Replace("[{\"as_int\":2},{\"as_int\":2}]", "[{\"as_int\":4294967296},{\"as_int\":4294967296}]")).ToArray() },
        { "bad-size", Archive("weight_0", Meta.Replace("\"as_int\":0", "\"as_int\":-1")).ToArray() },
        { "header", Archive("weight_0", Meta.Replace("\"as_int\":2}]", "\"as_expr\":2}]")).ToArray() },
        { "header", Archive("weight_0", Meta.Replace(",{\"as_int\":1}]", "]")).ToArray() },
        { "dtype", Archive("weight_0", Meta.Replace("\"dtype\":7", "\"dtype\":99")).ToArray() },
        { "storage-size", Archive("weight_0", Meta, new byte[15]).ToArray() },
        { "version", Archive("weight_0", Meta, version: "99").ToArray() },
        { "dangerous-global", Archive("weight_0", Meta).Add("m/data/constants/opaque_obj_0", PickleWriter.Protocol(2).Global("os", "system").Stop()).ToArray() },
        { "truncated", Archive("weight_0", Meta).Add("m/data/sample_inputs/model.pt", "PK\x03\x04"u8.ToArray()).ToArray() },
    };

    [Fact]
    public void Weights_and_constants_agree()
    {
        var expected = Fixture.Expected("torch2/exported.pt2").Concat(Fixture.Expected("torch2/exported.pt2", "constants")).ToDictionary();

        var found = Fixture.Checkpoint("torch2/exported.pt2");

        found.Format.Should().Be("torch-export");
        found.ShouldAgree(expected);
        found.Code.Should().BeEmpty();
        found.Warnings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void An_archive_that_lies_is_refused_by_its_reason(string reason, byte[] bytes)
        => Fixture.Refusal(bytes).Should().Match<ArtifactFault>(e => e.Reason.Code == reason && e.Format == "torch-export");

    [Theory]
    [InlineData("m/data/aotinductor/model/x.so", "native code")]
    [InlineData("m/data/aotinductor/model/kernel.cubin", "native code")]
    [InlineData("m/extra/x.DLL", "native code")]
    [InlineData("m/data/constants/opaque_obj_0", "a pickle that Python executes")]
    [InlineData("m/data/constants/custom_obj_0", "an object that its own class restores")]
    public void Code_is_listed_and_warned_of(string record, string what)
    {
        var found = (Checkpoint)Fixture.Read(Archive("weight_0", Meta).Add(record, [0x7F]).ToArray());

        found.Tensors.Should().ContainSingle().Which.Name.Should().Be("w");
        found.Code.Should().ContainSingle().Which.Value.Should().StartWith(what);
        found.Warnings.Should().Contain(w => w.Value.Contains(record));
    }

    [Fact]
    public void An_empty_record_is_no_value_whatever_its_sizes_promise()
    {
        var huge = Meta.Replace("[{\"as_int\":2},{\"as_int\":2}]", "[{\"as_int\":1000000},{\"as_int\":1000000}]");

        var found = (Checkpoint)Fixture.Read(Archive("weight_0", huge, []).ToArray());

        found.Tensors.Should().ContainSingle().Which.Data.Should().BeNull();
        found.Warnings.Should().ContainSingle(w => w.Value == "the tensor w has no values in the file");
    }

    [Theory]
    [InlineData("serialized_state_dict.pt", "")]
    [InlineData("serialized_state_dict.json", "")]
    [InlineData("serialized_state_dict.pt", "m/")]
    public void The_layout_before_PyTorch_2_8_holds_checkpoints(string record, string prefix)
    {
        var archive = new LyingZip().Add(prefix + "serialized_exported_program.json", "{}"u8.ToArray()).Add(prefix + record, Fixture.Bytes("torch2/weights_path.pth")).Add(prefix + "version", "8.2"u8.ToArray());

        var found = (Checkpoint)Fixture.Read(archive.ToArray());

        found.Format.Should().Be("torch-export");
        found.ShouldAgree(Fixture.Expected("torch2/weights_path.pth"));
    }

    [Fact]
    public void A_program_in_a_checkpoint_in_the_archive_is_refused()
        => Fixture.Refusal(new LyingZip().Add("serialized_exported_program.json", "{}"u8.ToArray()).Add("serialized_constants.pt", Fixture.Bytes("torch1/gain.torchscript.pt")).ToArray())
            .Reason.Code.Should().Be("contains-code");

    private static LyingZip Archive(string record, string meta, byte[]? storage = null, string version = "6\n")
        => new LyingZip().Add("m/data/weights/weight_0", storage ?? new byte[16])
            .Add("m/data/weights/model_weights_config.json", Encoding.UTF8.GetBytes($$$"""{"config":{"w":{"path_name":"{{{record}}}","is_param":true,"use_pickle":false,"tensor_meta":{{{meta}}} } } }"""))
            .Add("m/archive_format", "pt2"u8.ToArray())
            .Add("m/.data/version", Encoding.ASCII.GetBytes(version));
}
