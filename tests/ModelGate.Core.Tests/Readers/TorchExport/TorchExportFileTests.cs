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

    [Theory]
    [InlineData("expr_str", "s0", true)]
    [InlineData("expr_str", "2*s0 - 1", true)]
    [InlineData("expr_str", "FloorDiv(s0 + 7, 8)*Max(1, u0)", true)]
    [InlineData("expr_str", "Eq(Mod(s77**2, 2), 0)", true)]
    [InlineData("expr_str", "Piecewise((1, s0 > 3), (0, True))", true)]
    [InlineData("expr_str", "((s0//2))**(-1)", true)]
    [InlineData("expr_str", "1.5e-3*s0", true)]
    [InlineData("expr_str", "s0 >= 2 and s0 <= 1024", true)]
    [InlineData("expr_str", "__import__('os').getcwd()", false)]
    [InlineData("expr_str", "s0.__class__", false)]
    [InlineData("expr_str", "getattr(s0, Symbol)", false)]
    [InlineData("expr_str", "(lambda: 0)()", false)]
    [InlineData("expr_str", "exec(s0)", false)]
    [InlineData("expr_str", "[x for x in s0]", false)]
    [InlineData("expr_str", "9**9**9**9", false)]
    [InlineData("expr_str", "(9**60)**60", false)]
    [InlineData("expr_str", "Pow(9, Pow(9, 9))", false)]
    [InlineData("expr_str", "9**1e9", false)]
    [InlineData("expr_str", "s0!", false)]
    [InlineData("expr_str", "s0;s1", false)]
    [InlineData("expr_str", "s0(1)", false)]
    [InlineData("expr_str", "L['x'].size()[0]", false)]
    [InlineData("expr_str", "", false)]
    [InlineData("guards_code", "L['x'].size()[0] >= 2", true)]
    [InlineData("guards_code", "L['args'][0].size()[1] == 2*L['y'].stride()[0]", true)]
    [InlineData("guards_code", "L['x'].tofile()", false)]
    [InlineData("guards_code", "exit()", false)]
    [InlineData("target", "torch.ops.aten.conv1d.default", true)]
    [InlineData("target", "torch.ops.higher_order.cond", true)]
    [InlineData("target", "_operator.getitem", true)]
    [InlineData("target", "torch.sym_max", true)]
    [InlineData("target", "torch.os.system", false)]
    [InlineData("target", "torch.ops.aten.__class__", false)]
    [InlineData("target", "_operator.attrgetter", false)]
    [InlineData("target", "builtins.eval", false)]
    public void A_text_that_Python_evaluates_is_arithmetic_or_an_operator_and_else_it_is_code(string key, string text, bool isHarmless)
    {
        var value = System.Text.Json.JsonSerializer.Serialize(key == "guards_code" ? (object)new[] { text } : text);
        var program = Encoding.UTF8.GetBytes($$$"""{ "graph_module": { "graph": { "nodes": [{ "outputs": [{ "{{{key}}}": {{{value}}} }] }] } } }""");

        var found = (Checkpoint)Fixture.Read(Archive("weight_0", Meta).Add("m/models/model.json", program).ToArray());

        (found.Code.Count == 0).Should().Be(isHarmless);
    }

    [Fact]
    public void What_a_caller_adds_is_no_part_of_the_program_and_is_foreign_where_it_is_more_than_data()
    {
        var found = (Checkpoint)Fixture.Read(Archive("weight_0", Meta).Add("m/extra/notes.txt", "hello"u8.ToArray()).Add("m/extra/more.txt", [0x80, 2, .. "N."u8]).Add("m/else", "x"u8.ToArray()).ToArray());

        found.ForeignRecords.Should().Equal(new ForeignRecord("m/extra/more.txt", "a pickle"), new ForeignRecord("m/else", null));
    }

    private static LyingZip Archive(string record, string meta, byte[]? storage = null, string version = "6\n")
        => new LyingZip().Add("m/data/weights/weight_0", storage ?? new byte[16])
            .Add("m/data/weights/model_weights_config.json", Encoding.UTF8.GetBytes($$$"""{"config":{"w":{"path_name":"{{{record}}}","is_param":true,"use_pickle":false,"tensor_meta":{{{meta}}} } } }"""))
            .Add("m/archive_format", "pt2"u8.ToArray())
            .Add("m/.data/version", Encoding.ASCII.GetBytes(version));
}
