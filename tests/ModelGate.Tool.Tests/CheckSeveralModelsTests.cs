namespace ModelGate.Tool.Tests;

public sealed class CheckSeveralModelsTests : IDisposable
{
    private const string Flatness = """{ "artifacts": { "output": "*.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }""";

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Gives_one_report_with_a_group_for_each_and_one_verdict()
    {
        Model("b/deep", "lexi/audio/lexi_converted.wav", Flatness);
        Model("a", "lexi-fixed/audio/lexi_converted.wav", Flatness);

        var result = Tool.Run("check", folder, "--format", "json");

        result.ExitCode.Should().Be(1);
        result.Json.GetProperty("verdict").GetString().Should().Be("failed");
        result.Json.GetProperty("results").EnumerateArray().Select(r => (r.GetProperty("group").GetString(), r.GetProperty("outcome").GetString()))
            .Should().Equal((Shown("a"), "passed"), (Shown("b/deep"), "failed"));
    }

    [Fact]
    public void Enters_no_link_and_no_hidden_folder()
    {
        Model("a", "lexi-fixed/audio/lexi_converted.wav", Flatness);
        Model(".cache/b", "lexi/audio/lexi_converted.wav", Flatness);
        Directory.CreateSymbolicLink(At("c"), Tool.Sample("lexi"));

        Tool.Run("check", folder).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Tells_the_errors_of_every_configuration()
    {
        Write("a/gate.config.json", """{ "gates": { "keys-must-mach": {} } }""");
        Write("b/gate.config.json", """{ "gate": {} }""");

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[(folder.Length + 1)..l.IndexOf(':', folder.Length)])
            .Should().Equal("a/gate.config.json(1,14)", "b/gate.config.json(1,3)");
    }

    [Fact]
    public void Takes_several_folders_each_once()
    {
        Model("a", "lexi-fixed/audio/lexi_converted.wav", Flatness);
        Model("b", "lexi-fixed/audio/lexi_converted.wav", Flatness);

        var result = Tool.Run("check", At("b"), At("a"), At("b") + "/", "--format", "json");

        result.ExitCode.Should().Be(0);
        result.Json.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("group").GetString()).Should().Equal(Shown("b"), Shown("a"));
    }

    [Fact]
    public void Reads_one_configuration_for_all_folders_that_are_named()
    {
        Model("a", "lexi-fixed/audio/lexi_converted.wav", null);
        Model("b", "lexi/audio/lexi_converted.wav", null);
        Write("team/base.json", """{ "artifacts": { "output": "*.wav" } }""");
        Write("team/gate.config.json", """{ "extends": "base.json", "gates": { "spectral-flatness-must-stay-below": {} } }""");

        var result = Tool.Run("check", At("a"), At("b"), "--config", At("team/gate.config.json"), "--format", "json");

        result.Json.GetProperty("results").EnumerateArray().Select(r => (r.GetProperty("group").GetString(), r.GetProperty("outcome").GetString()))
            .Should().Equal((Shown("a"), "passed"), (Shown("b"), "failed"));
    }

    [Fact]
    public void Runs_a_gate_that_is_asked_for_where_a_model_has_it()
    {
        Model("a", "lexi-fixed/audio/lexi_converted.wav", Flatness);
        Write("b/gate.config.json", """{ "gates": { "loss-must-converge": {} } }""");

        var result = Tool.Run("check", folder, "--gate", "MG5001", "--format", "json");

        result.ExitCode.Should().Be(0);
        result.Json.GetProperty("results").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void Of_which_one_could_not_be_judged_is_not_green()
    {
        Model("a", "lexi-fixed/audio/lexi_converted.wav", Flatness);
        Write("b/gate.config.json", Flatness);

        Tool.Run("check", folder).ExitCode.Should().Be(2);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Model(string name, string recording, string? configuration)
    {
        Directory.CreateDirectory(At(name));
        File.Copy(Tool.Sample(recording.Split('/')), At(name + "/out.wav"));
        if (configuration is not null)
        {
            Write(name + "/gate.config.json", configuration);
        }
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private string At(string name) => Path.Combine(folder, name);

    private string Shown(string name) => At(name).Replace('\\', '/');
}
