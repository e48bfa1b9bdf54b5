namespace ModelGate.Tool.Tests;

public sealed class MeasureFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void A_runs_folder_is_measured_and_its_configuration_is_not()
    {
        var result = Tool.Run("measure", Tool.Sample("lexi"));

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("gate.config.json is not measured: this is a configuration").And.NotContain("cannot be read").And.Contain("parameter-count");
    }

    [Fact]
    public void What_is_of_no_format_is_told_and_is_no_failure()
    {
        File.WriteAllText(At("README.md"), "# A model\n");
        File.Copy(Tool.Sample("lexi", "lexi.pth"), At("lexi.pth"));

        var result = Tool.Run("measure", folder, "--format", "json");

        result.ExitCode.Should().Be(0);
        result.Json.GetProperty("skipped").EnumerateArray().Select(s => Path.GetFileName(s.GetProperty("path").GetString())).Should().Equal("README.md");
        result.Json.GetProperty("unreadable").GetArrayLength().Should().Be(0);
        result.Error.Should().Contain("README.md is not measured: this is text of no known kind");
        Tool.Run("measure", At("README.md")).ExitCode.Should().Be(2, "who names a file wants that file");
    }

    [Theory]
    [InlineData("lexi.pth", "hello")]
    [InlineData("out.wav", "hello")]
    [InlineData("lexi.index", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a0b4b4b9b6b7d3a1b4d2b9f7d0f5d7a2c6b1e0a9f8e7d6c5b4a3928170615\nsize 542178141\n")]
    public void What_should_have_been_a_model_or_a_recording_is_a_failure(string name, string text)
    {
        File.WriteAllText(At(name), text);
        File.Copy(Tool.Sample("lexi", "lexi.pth"), At("sound.pth"));

        Tool.Run("measure", folder).Should().Match<Result>(r => r.ExitCode == 2 && r.Output.Contains("cannot be read"));
    }

    [Fact]
    public void A_folder_without_anything_to_measure_is_wrong_usage()
    {
        File.WriteAllText(At("gate.config.json"), "{}");

        Tool.Run("measure", folder).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("there is nothing to measure in"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);
}
