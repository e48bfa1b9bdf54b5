namespace ModelGate.Tool.Tests;

public sealed class PolicyCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Lists_what_decides_and_not_what_is_judged()
    {
        Write("gate.config.json", """{ "extends": ["rvc", "more.json"], "artifacts": { "baseline": "base.json", "architecture": "keys.json" }, "gates": { "model-must-run": { "inputs": "in.safetensors", "expected": "out.safetensors" } } }""");
        Write("more.json", """{ "extends": "shared/deep.json" }""");
        Write("shared/deep.json", """{ "gates": { "weights-must-be-finite": {} } }""");

        Listed("policy", folder).Should().Equal("base.json", "gate.config.json", "in.safetensors", "keys.json", "more.json", "out.safetensors", "shared/deep.json");
    }

    [Fact]
    public void Lists_what_overrides_name_and_patterns_as_others_read_them()
    {
        Write("gate.config.json", """{ "artifacts": { "model": "*.pth", "baseline": ["shared\\b.json", "history/*.*"] }, "gates": { "model-must-run": { "inputs": "in.safetensors" } }, "overrides": [{ "files": "a.pth", "gates": { "model-must-run": { "inputs": "in2.safetensors", "expected": "out2.safetensors" } } }] }""");

        Listed("policy", folder).Should().Equal("gate.config.json", "history/*", "in.safetensors", "in2.safetensors", "out2.safetensors", "shared/b.json");
    }

    [Theory]
    [InlineData("""{ "extends": "absent.json" }""")]
    [InlineData("""{ "extends": "absent.json", "gates": { "no-such-gate": {} } }""")]
    public void Lists_what_is_extended_although_it_cannot_be_read(string configuration)
    {
        Write("gate.config.json", configuration);

        Listed("policy", folder).Should().Equal("absent.json", "gate.config.json");
    }

    [Fact]
    public void With_a_path_what_a_template_names_is_there()
    {
        Write("rules/template.json", """{ "extends": "common.json", "artifacts": { "baseline": "base.json" }, "gates": { "metric-must-not-regress": {} } }""");
        Write("rules/common.json", "{ }");
        Directory.CreateDirectory(Path.Combine(folder, "run"));

        Listed("policy", Path.Combine(folder, "run"), "--config", Path.Combine(folder, "rules/template.json")).Should().Equal("rules/common.json", "rules/template.json", "run/base.json");
        Listed("policy", "--config", Path.Combine(folder, "rules/template.json")).Should().Equal("rules/base.json", "rules/common.json", "rules/template.json");
    }

    [Fact]
    public void Without_a_configuration_there_is_nothing_to_list()
        => Tool.Run("policy", folder).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("gate.config.json cannot be read"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string[] Listed(params string[] arguments)
    {
        var result = Tool.Run(arguments);
        result.ExitCode.Should().Be(0, result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Path.GetRelativePath(folder, Path.GetFullPath(l.Trim())).Replace('\\', '/'))];
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
