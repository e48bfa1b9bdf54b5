namespace ModelGate.Tool.Tests;

public class InspectCommandTests
{
    [Fact]
    public void As_JSON_tells_tensors_state_dict_metadata_and_imports()
    {
        var result = Tool.Run("inspect", Tool.Sample("lexi", "G_396.pth"), "--format", "json");

        result.ExitCode.Should().Be(0);
        var file = result.Json;
        file.GetProperty("format").GetString().Should().Be("pytorch-zip");
        file.GetProperty("bytes").GetInt64().Should().Be(2480978);
        file.GetProperty("stateDict").GetString().Should().Be("model");
        var tensors = file.GetProperty("tensors").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        tensors.Keys.Count(k => k.StartsWith("model.", StringComparison.Ordinal)).Should().Be(560);
        var weight = tensors["model.dec.conv_pre.weight"];
        weight.GetProperty("dtype").GetString().Should().Be("float32");
        weight.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64()).Should().Equal(32, 16, 7);
        weight.GetProperty("elements").GetInt64().Should().Be(3584);
        weight.TryGetProperty("stats", out _).Should().BeFalse();
        file.GetProperty("metadata").GetProperty("iteration").GetInt64().Should().Be(22);
        file.GetProperty("metadata").GetProperty("learning_rate").GetDouble().Should().Be(0.0001);
        file.GetProperty("globals").EnumerateArray().Select(g => (g.GetProperty("name").GetString(), g.GetProperty("verdict").GetString()))
            .Should().Contain(("torch._utils._rebuild_tensor_v2", "allowed"));
        file.GetProperty("findings").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void Begins_statistics_with_a_summary()
    {
        var lines = Tool.Run("inspect", Tool.Sample("grc", "best_model.pth"), "--stats").Output.ReplaceLineEndings("\n").Split('\n');

        lines.Should().Contain(l => l.StartsWith("  of ", StringComparison.Ordinal) && l.Contains("tensors, 0 hold NaN, 0 infinity, 0 nothing, ", StringComparison.Ordinal));
        Tool.Run("inspect", Tool.Sample("grc", "best_model.pth"), "--stats", "--format", "json").Json.GetProperty("summary").EnumerateObject().Select(p => p.Name)
            .Should().Equal("tensors", "nan", "inf", "empty", "constant", "unread");
    }

    [Fact]
    public void Folds_names_for_people()
        => Tool.Run("inspect", Tool.Sample("grc", "best_model.pth")).Output.Should()
            .Contain("model_state_dict.mrfs.0.convs.{0..2}.conv1.weight [32, 8, 3] float32 x3");

    [Theory]
    [InlineData("lexi", "train.log", "rvc-log")]
    [InlineData("lexi", "audio/lexi_input.wav", "wave")]
    [InlineData("grc", "expected_flat.json", "key-manifest")]
    public void Finds_the_format_by_content(string sample, string name, string format)
    {
        var copy = Path.GetTempFileName();
        File.Copy(Tool.Sample(sample, name), copy, overwrite: true);

        Tool.Run("inspect", copy, "--format", "json").Json.GetProperty("format").GetString().Should().Be(format);
        Tool.Run("inspect", copy).ExitCode.Should().Be(0);
        File.Delete(copy);
    }

    [Fact]
    public void That_is_refused_says_why_with_exit_code_2()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, File.ReadAllBytes(Tool.Sample("lexi", "lexi.pth"))[..1000]);

        var result = Tool.Run("inspect", file, "--format", "json");

        result.ExitCode.Should().Be(2);
        result.Json.GetProperty("tensors").GetArrayLength().Should().Be(0);
        result.Json.GetProperty("findings")[0].GetProperty("id").GetString().Should().Be("MG7002");
        result.Json.GetProperty("findings")[0].GetProperty("message").GetString().Should().NotBeNullOrEmpty();
        File.Delete(file);
    }

    [Fact]
    public void That_would_run_code_names_the_import()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [0x80, 2, .. "cposix\nsystem\nX\u0004\0\0\0echo\u0085R."u8]);

        var result = Tool.Run("inspect", file, "--format", "json");

        result.ExitCode.Should().Be(2);
        result.Json.GetProperty("globals")[0].GetProperty("verdict").GetString().Should().Be("dangerous");
        result.Json.GetProperty("findings")[0].GetProperty("id").GetString().Should().Be("MG7001");
        File.Delete(file);
    }

    [Fact]
    public void That_would_run_code_tells_a_person_what_and_what_else_is_wrong()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [0x80, 2, .. "cposix\nsystem\nX\u0004\0\0\0echo"u8, 0x85, (byte)'R']);

        var result = Tool.Run("inspect", file);

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("imports posix.system x1: dangerous")
            .And.Contain("MG7001 loading it would import posix.system, which runs programs (offset 2 of its pickle)")
            .And.Contain("MG7002 the pickle ends where 1 more bytes were expected");
        File.Delete(file);
    }

    [Fact]
    public void Over_a_limit_names_the_option_and_is_read_with_it()
    {
        Tool.Run("inspect", Tool.Sample("lexi", "lexi.pth"), "--limit", "pickleOpcodes=10").Should()
            .Match<Result>(r => r.ExitCode == 2 && r.Output.Contains("--limit pickleOpcodes=N"));
        Tool.Run("inspect", Tool.Sample("lexi", "lexi.pth"), "--limit", "pickleOpcodes=100000").ExitCode.Should().Be(0);
    }
}
