using System.Text.Json;

namespace ModelGate.Tool.Tests;

public sealed class DiffCommandTests : IDisposable
{
    private static readonly string Grc = Tool.Sample("grc", "best_model.pth");

    private static readonly string Safetensors = Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures", "safetensors");

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void That_fit_gives_exit_code_0()
    {
        var result = Tool.Run("diff", Grc, Tool.Sample("grc", "expected_nested.json"));

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("all keys align: 60 of 60");
    }

    [Fact]
    public void With_itself_says_that_parameters_are_equal()
        => Tool.Run("diff", Grc, Grc).Should().Match<Result>(r => r.ExitCode == 0 && r.Output.Contains("all keys align: 60 of 60, parameters equal"));

    [Fact]
    public void As_JSON_tells_counts_causes_and_modules()
    {
        var result = Tool.Run("diff", Grc, Tool.Sample("grc", "expected_flat.json"), "--format", "json");

        result.ExitCode.Should().Be(1);
        result.Error.Should().BeEmpty();
        var json = result.Json;
        json.EnumerateObject().Select(p => p.Name).Should().Equal(
            "left", "right", "common", "missing", "unexpected", "shape", "dtype", "causes", "modules", "comparedTensors", "tensors", "notes");
        json.GetProperty("left").GetString().Should().Be(Grc);
        json.GetProperty("common").GetInt32().Should().Be(12);
        json.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).Should().HaveCount(8).And.StartWith("mrfs.0.conv.bias");
        json.GetProperty("unexpected").GetArrayLength().Should().Be(48);
        json.GetProperty("shape").GetArrayLength().Should().Be(0);
        json.GetProperty("dtype").GetArrayLength().Should().Be(0);
        var cause = json.GetProperty("causes").EnumerateArray().Should().ContainSingle().Which;
        cause.EnumerateObject().Select(p => p.Name).Should().Equal("cause", "message", "explains", "remaining", "mapping");
        cause.GetProperty("cause").GetString().Should().Be("nested-module-list");
        cause.GetProperty("message").GetString().Should().Contain("3 blocks of conv1 and conv2 in each of 4 mrfs");
        cause.GetProperty("explains").GetInt32().Should().Be(56);
        cause.GetProperty("remaining").GetInt32().Should().Be(56);
        cause.GetProperty("mapping").GetArrayLength().Should().Be(0);
        json.GetProperty("modules").EnumerateArray().Select(m => m.GetProperty("module").GetString()).Should().Contain("mrfs.0");
    }

    [Fact]
    public void As_JSON_tells_shapes_types_and_mappings()
    {
        Write("left.json", """{ "module.a": { "shape": [2, 3], "dtype": "float16" }, "module.b": { "shape": [2], "dtype": "float16" }, "c": { "shape": [1], "dtype": "int64" }, "d": [4] }""");
        Write("right.json", """{ "a": { "shape": [2, 3], "dtype": "float16" }, "b": { "shape": [2], "dtype": "float16" }, "c": { "shape": [1], "dtype": "float32" }, "d": [5] }""");

        var result = Tool.Run("diff", At("left.json"), At("right.json"), "--format", "json");

        result.ExitCode.Should().Be(1);
        var shape = result.Json.GetProperty("shape").EnumerateArray().Single();
        (shape.GetProperty("name").GetString(), shape.GetProperty("left")[0].GetInt32(), shape.GetProperty("right")[0].GetInt32()).Should().Be(("d", 4, 5));
        var type = result.Json.GetProperty("dtype").EnumerateArray().Single();
        (type.GetProperty("name").GetString(), type.GetProperty("left").GetString(), type.GetProperty("right").GetString()).Should().Be(("c", "int64", "float32"));
        var prefix = result.Json.GetProperty("causes").EnumerateArray().First();
        prefix.GetProperty("cause").GetString().Should().Be("prefix");
        prefix.GetProperty("remaining").GetInt32().Should().Be(1);
        prefix.GetProperty("mapping").EnumerateArray().Select(m => (m.GetProperty("from").GetString(), m.GetProperty("to").GetString()))
            .Should().Equal(("module.a", "a"), ("module.b", "b"));
    }

    [Fact]
    public void Measures_which_weights_differ_by_how_much()
    {
        var result = Tool.Run("diff", Tool.Sample("lexi", "G_396.pth"), Tool.Sample("lexi", "G_2376.pth"), "--format", "json");

        result.ExitCode.Should().Be(1);
        result.Json.GetProperty("missing").GetArrayLength().Should().Be(0);
        result.Json.GetProperty("comparedTensors").GetInt32().Should().Be(560);
        var tensors = result.Json.GetProperty("tensors").EnumerateArray().ToArray();
        tensors.Should().NotBeEmpty();
        tensors[0].EnumerateObject().Select(p => p.Name).Should().Equal("name", "elements", "different", "max", "mean");
        tensors.Should().AllSatisfy(t => t.GetProperty("max").GetDouble().Should().BePositive());
        Tool.Run("diff", Tool.Sample("lexi", "G_396.pth"), Tool.Sample("lexi", "G_2376.pth")).Output.Should().Contain("of 560 tensors that both hold differ in their numbers");
    }

    [Fact]
    public void Writes_a_mapping_that_remap_carries_out()
    {
        var torch = Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures", "torch2");
        var (old, folded) = (Path.Combine(torch, "weight_norm_old.pth"), Path.Combine(torch, "weight_norm_folded.pth"));

        var diff = Tool.Run("diff", old, folded, "--write-mapping", At("map.json"));
        var remap = Tool.Run("remap", old, "--mapping", At("map.json"), "--output", At("out.safetensors"));

        diff.ExitCode.Should().Be(1);
        diff.Output.Should().Contain("weight-norm-folded").And.Contain("def remap(state, path):");
        remap.Error.Should().BeEmpty();
        remap.ExitCode.Should().Be(0);
        remap.Output.Should().Contain("read back and equal").And.Contain("all keys align: ");
        File.ReadAllBytes(At("out.safetensors")).Should().HaveCountGreaterThan(8);
        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo("map.json", "out.safetensors");
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("measure")]
    [InlineData("remap")]
    public void Of_a_container_that_no_file_has_names_those_there_are(string command)
    {
        Write("map.json", """{ "mapping": [] }""");
        var lexi = Tool.Sample("lexi", "lexi.pth");

        var result = Tool.Run([command, lexi, .. command == "diff" ? new[] { lexi } : command == "remap" ? ["--mapping", At("map.json"), "--output", At("out.safetensors")] : [], "--state-dict", "modle"]);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("no checkpoint has a container \"modle\"").And.Contain("lexi.pth has weight");
    }

    [Fact]
    public void Of_a_container_that_one_side_has_takes_it()
        => Tool.Run("diff", Grc, Tool.Sample("grc", "expected_nested.json"), "--state-dict", "model_state_dict.mrfs", "--format", "json").Json.GetProperty("common").GetInt32().Should().Be(0);

    // The fixture in shards and the file with the same tensors were written by safetensors and transformers.
    [Fact]
    public void In_shards_are_read_whole()
    {
        var index = Path.Combine(Safetensors, "sharded", "model.safetensors.index.json");
        Write("map.json", """{ "mapping": [] }""");

        var remap = Tool.Run("remap", index, "--mapping", At("map.json"), "--output", At("whole.safetensors"));
        var diff = Tool.Run("diff", index, At("whole.safetensors"), "--format", "json");

        remap.Should().Match<Result>(r => r.ExitCode == 0 && r.Output.Contains("read back and equal"));
        diff.ExitCode.Should().Be(0);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Safetensors, "tensors", "sharded__model.safetensors.index.json.json")));
        var names = expected.RootElement.EnumerateObject().Select(p => p.Name).ToArray();
        diff.Json.GetProperty("common").GetInt32().Should().Be(names.Length);
        Tool.Run("inspect", At("whole.safetensors"), "--format", "json").Json.GetProperty("tensors").EnumerateArray().Select(t => t.GetProperty("name").GetString()).Should().BeEquivalentTo(names);
    }

    [Fact]
    public void In_shards_of_which_one_is_missing_say_so()
        => Tool.Run("diff", Path.Combine(Safetensors, "sharded-missing", "model.safetensors.index.json"), Grc)
            .Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("model-00002-of-00003.safetensors, which is not there"));

    [Fact]
    public void In_shards_are_not_overwritten()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Safetensors, "sharded")))
        {
            File.Copy(file, At(Path.GetFileName(file)));
        }

        Write("map.json", """{ "mapping": [] }""");
        var shard = File.ReadAllBytes(At("model-00001-of-00003.safetensors"));

        Tool.Run("remap", At("model.safetensors.index.json"), "--mapping", At("map.json"), "--output", At("model-00001-of-00003.safetensors"))
            .Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("is a file that is read"));
        File.ReadAllBytes(At("model-00001-of-00003.safetensors")).Should().Equal(shard);
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("remap")]
    public void Keep_the_limits_of_the_command_line(string command)
    {
        Write("map.json", """{ "mapping": [] }""");
        string[] rest = command == "diff" ? [Grc] : ["--mapping", At("map.json"), "--output", At("out.safetensors")];

        Tool.Run([command, Grc, .. rest, "--limit", "tensors=3"]).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("over the limit tensors"));
    }

    [Fact]
    public void Writes_no_mapping_where_none_mends()
    {
        var result = Tool.Run("diff", Grc, Tool.Sample("grc", "expected_flat.json"), "--write-mapping", At("map.json"), "--format", "json");

        result.Error.Should().Contain("no mapping is proposed");
        result.Json.ValueKind.Should().Be(JsonValueKind.Object);
        File.Exists(At("map.json")).Should().BeFalse();
    }

    [Fact]
    public void Of_two_reports_tells_what_changed()
    {
        File.WriteAllText(At("before.json"), Tool.Run("check", Tool.Sample("lexi"), "--format", "json").Output);
        File.WriteAllText(At("after.json"), Tool.Run("check", Tool.Sample("lexi-fixed"), "--format", "json").Output);

        var result = Tool.Run("diff", At("before.json"), At("after.json"), "--format", "json");

        result.ExitCode.Should().Be(1);
        result.Json.GetProperty("verdict").GetProperty("left").GetString().Should().Be("failed");
        result.Json.GetProperty("verdict").GetProperty("right").GetString().Should().Be("passed");
        result.Json.GetProperty("changed").EnumerateArray().Select(c => (c.GetProperty("gate").GetString(), c.GetProperty("left").GetString(), c.GetProperty("right").GetString()))
            .Should().Contain(("final-checkpoint-must-be-exported", "failed", "passed"));
        Tool.Run("diff", At("before.json"), At("after.json")).Output.Should().Contain("verdict: failed before, passed after");
        Tool.Run("diff", At("before.json"), At("before.json")).ExitCode.Should().Be(0);
    }

    public static TheoryData<string[], string> WrongCommandLines => new()
    {
        { ["diff", Grc], "Required argument 'RIGHT' missing" },
        { ["diff", Grc, "nowhere.json"], "nowhere.json cannot be read: there is no such file" },
        { ["diff", Grc, Tool.Sample("lexi", "train.log")], "states no keys: a checkpoint or a key manifest does" },
        { ["diff", Grc, Grc, "--format", "xml"], "diff cannot print \"xml\"; it prints console or json" },
        { ["remap", Grc], "Option '--mapping' is required" },
        { ["remap", Grc, "--mapping", "nowhere.json", "--output", "out.safetensors"], "nowhere.json cannot be read" },
        { ["remap", Grc, "--mapping", "m.json", "--output", "out.pth"], "does not end in .safetensors" },
        { ["remap", Grc, "--mapping", Tool.Sample("grc", "expected_flat.json"), "--output", "out.safetensors"], "an array \"mapping\"" },
        { ["remap", Tool.Sample("lexi", "train.log"), "--mapping", Tool.Sample("grc", "expected_flat.json"), "--output", "out.safetensors"], "mapping" },
    };

    [Theory]
    [MemberData(nameof(WrongCommandLines))]
    public void Wrongly_gets_one_sentence_and_exit_code_2(string[] args, string sentence)
    {
        var result = Tool.Run(args);

        result.ExitCode.Should().Be(2);
        result.Output.Should().BeEmpty();
        result.Error.Should().StartWith("modelgate: ").And.Contain(sentence).And.NotContain("internal error");
    }

    [Fact]
    public void Of_a_report_and_a_model_gets_exit_code_2()
    {
        Write("report.json", "{ \"schemaVersion\": \"1\" }");

        Tool.Run("check", Path.GetDirectoryName(Grc)!, "--report", $"json={At("real.json")}").ExitCode.Should().Be(1);

        var mixed = Tool.Run("diff", At("real.json"), Grc);
        (mixed.ExitCode, mixed.Error).Should().Match<(int, string)>(r => r.Item1 == 2 && r.Item2.Contains("diff compares two reports or two models"));
        var broken = Tool.Run("diff", At("report.json"), At("report.json"));
        (broken.ExitCode, broken.Error).Should().Match<(int, string)>(r => r.Item1 == 2 && r.Item2.Contains("report.json cannot be read"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    private void Write(string name, string content) => File.WriteAllText(At(name), content);
}
