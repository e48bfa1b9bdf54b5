using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using ModelGate.Configuration.Schema;

namespace ModelGate.Tests.Configuration;

public class ConfigurationSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(System.Text.Encoding.UTF8.GetString(GateConfigurationSchema.Write()));

    [Fact]
    public void Is_the_committed_one()
        => File.ReadAllBytes(Repository.PathOf("docs", "gate.config.schema.json"))
            .Should().Equal(GateConfigurationSchema.Write(), "docs/gate.config.schema.json is written by: modelgate schema > docs/gate.config.schema.json");

    [Theory]
    [InlineData("gate.config.json")]
    [InlineData("samples/lexi/gate.config.json")]
    [InlineData("samples/lexi-fixed/gate.config.json")]
    [InlineData("samples/grc/gate.config.json")]
    [InlineData("samples/shipped-model/gate.config.json")]
    public void Accepts_the_projects_own_configurations(string path)
        => IsValid(File.ReadAllText(Repository.PathOf(path))).Should().BeTrue();

    [Theory]
    [InlineData("""{ "gates": { "keys-must-mach": {} } }""")]
    [InlineData("""{ "artifacts": { "modle": "x" }, "gates": {} }""")]
    [InlineData("""{ "gates": { "spectral-flatness-must-stay-below": { "limit": 2 } } }""")]
    [InlineData("""{ "gates": { "loss-must-converge": "loud" } }""")]
    [InlineData("""{ "artifacts": {} }""")]
    [InlineData("""{ "artifacts": { "architecture": { "family": "rvcc" } }, "gates": {} }""")]
    [InlineData("""{ "artifacts": { "architecture": { "family": "rvc", "variant": "v3-48k" } }, "gates": {} }""")]
    [InlineData("""{ "artifacts": { "architecture": { "family": "rvc", "parameters": { "f_0": true } } }, "gates": {} }""")]
    [InlineData("""{ "artifacts": { "architecture": { "command": "print" } }, "gates": {} }""")]
    [InlineData("""{ "artifacts": { "architecture": { "pattern": { "a": "1" } } }, "gates": {} }""")]
    [InlineData("""{ "require": { "output.rsm": { "above": 0 } } }""")]
    [InlineData("""{ "require": { "outptu.rms": { "above": 0 } } }""")]
    [InlineData("""{ "require": { "output.rms": { "over": 0 } } }""")]
    [InlineData("""{ "overrides": [ { "gates": {} } ] }""")]
    [InlineData("""{ "extends": 1 }""")]
    [InlineData("""{ "extends": [] }""")]
    public void Refuses_what_the_reader_refuses(string text) => IsValid(text).Should().BeFalse();

    [Theory]
    [InlineData("""{ "family": "rvc", "variant": "v2-48k", "config": "config.json", "parameters": { "f0": false, "n_layers": 6, "upsample_rates": [8, 8] } }""")]
    [InlineData("""{ "pattern": { "a.{0..3}": [1, "2 * 3"], "b": { "shape": [1], "dtype": "float32" } } }""")]
    [InlineData("""{ "command": ["python3", "print_manifest.py"], "timeout": 30 }""")]
    public void Accepts_an_architecture_that_is_an_object(string architecture)
        => IsValid("{ \"artifacts\": { \"architecture\": " + architecture + " }, \"gates\": {} }").Should().BeTrue();

    [Theory]
    [InlineData("""{ "extends": "rvc" }""")]
    [InlineData("""{ "extends": ["rvc", "../team.json"], "gates": { "loss-must-converge": "off" } }""")]
    [InlineData("""{ "require": { "output.rms": { "at-least": 0.01, "at-most": 0.5, "severity": "warning" }, "reference-model.parameter-count": { "equal": 7 } } }""")]
    [InlineData("""{ "overrides": [ { "files": ["a/**", "!a/b/*"], "gates": { "keys-must-match": "off" }, "require": { "output.rms": { "below": 1 } } } ] }""")]
    public void Accepts_what_the_reader_accepts(string text)
    {
        IsValid(text).Should().BeTrue();
        new ConfigurationsInMemory { ["../team.json"] = "{}" }.Read(text).Should().NotBeNull();
    }

    [Fact]
    public void Describes_every_option()
    {
        var gates = JsonNode.Parse(GateConfigurationSchema.Write())!["properties"]!["gates"]!["properties"]!.AsObject();
        foreach (var (gate, node) in gates)
        {
            foreach (var (option, description) in node!["oneOf"]![1]!["properties"]!.AsObject().Where(o => o.Key != "severity"))
            {
                description!["description"]?.GetValue<string>().Should().NotBeNullOrWhiteSpace($"{gate}.{option} needs a doc comment");
            }
        }
    }

    private static bool IsValid(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}
