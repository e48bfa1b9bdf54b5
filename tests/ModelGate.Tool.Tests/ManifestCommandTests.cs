namespace ModelGate.Tool.Tests;

public sealed class ManifestCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public ManifestCommandTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "cat, sh and sleep are those of Unix");
        File.Copy(Tool.Sample("grc", "best_model.pth"), Path.Combine(folder, "best_model.pth"));
        File.Copy(Tool.Sample("grc", "expected_nested.json"), Path.Combine(folder, "nested.json"));
    }

    [Fact]
    public void Runs_it_where_the_command_line_allows_it()
    {
        var result = Check("""["cat", "nested.json"]""", "--allow-commands");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("all keys align with the output of cat: 60 of 60, parameters equal");
    }

    [Fact]
    public void Runs_nothing_where_the_command_line_does_not()
    {
        var result = Check("""["touch", "ran"]""");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("the configuration asks to run a command, which is done only with --allow-commands");
        File.Exists(Path.Combine(folder, "ran")).Should().BeFalse();
    }

    [Theory]
    [InlineData("""["no-such-program"]""", "no-such-program could not be started")]
    [InlineData("""["cat", "missing.json"]""", "cat ended with exit code 1: ")]
    [InlineData("""["echo", "$HOME; cat nested.json"]""", "it printed no key manifest")]
    [InlineData("""["sh", "-c", "sleep 60 & sleep 60"]""", "sh took longer than 1 seconds")]
    [InlineData("""["yes"]""", "yes printed more than 67108864 bytes", 60)]
    public void Says_what_is_wrong_with_it(string command, string message, int timeout = 1)
    {
        var result = Check($"{command}, \"timeout\": {timeout}", "--allow-commands");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain(message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Result Check(string command, params string[] options)
    {
        File.WriteAllText(
            Path.Combine(folder, "gate.config.json"),
            $$"""{ "artifacts": { "architecture": { "command": {{command}} }, "model": "best_model.pth" }, "gates": { "keys-must-match": {} } }""");
        return Tool.Run(["check", folder, .. options]);
    }
}
