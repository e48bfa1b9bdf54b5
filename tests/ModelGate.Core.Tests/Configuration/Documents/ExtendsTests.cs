using ModelGate.Gates.Audio;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Configuration.Documents;

public class ExtendsTests
{
    private readonly ConfigurationsInMemory files = new();

    [Fact]
    public void A_preset_gives_the_roles_and_gates_of_its_trainer()
    {
        var configuration = files.Read("""{ "extends": "rvc" }""");

        configuration.Trainer!.Name.Should().Be("rvc");
        configuration.Gates.Select(g => g.Gate.Id).Should().Equal("MG1003", "MG2001", "MG2002", "MG2004", "MG2005", "MG3001", "MG3003", "MG4001", "MG4002", "MG4003", "MG4004", "MG4005", "MG4007", "MG5001", "MG5004", "MG5005", "MG5006", "MG5007", "MG5009", "MG5010", "MG5011", "MG5016", "MG6001", "MG6002", "MG6003", "MG6004", "MG6006", "MG6007", "MG6008", "MG6009", "MG6010", "MG7001", "MG7002");
        configuration.Artifacts[ArtifactRole.Checkpoints].Patterns.Should().Equal("G_*.pth");
        configuration.Artifacts[ArtifactRole.Model].Means("lexi.pth").Should().BeTrue();
        configuration.Artifacts[ArtifactRole.Model].Means("D_396.pth").Should().BeFalse();
    }

    [Fact]
    public void A_preset_asks_for_its_gates_at_the_line_that_names_it()
        => files.Read("{\n  \"extends\": \"rvc\"\n}").Gates[0].At.Should().Be(new SourcePosition(SafeText.From("gate.config.json"), 2, 14));

    [Fact]
    public void The_file_wins_over_later_entries_and_these_over_earlier_ones()
    {
        files["a.json"] = """{ "gates": { "loss-must-converge": { "window": 0.1, "minimumPoints": 7, "ceiling": 1 } } }""";
        files["b.json"] = """{ "gates": { "loss-must-converge": { "window": 0.2, "minimumPoints": 8 } } }""";

        var options = (LossMustConverge.Options)files.Read("""{ "extends": ["./a.json", "b.json"], "gates": { "loss-must-converge": { "window": 0.3 } } }""").Gates.Single().Options;

        (options.Window, options.MinimumPoints, options.Ceiling).Should().Be((0.3, 8, 1));
    }

    [Fact]
    public void A_severity_alone_keeps_the_options_below_it()
    {
        files["a.json"] = """{ "gates": { "spectral-flatness-must-stay-below": { "limit": 0.2 } } }""";

        var gate = files.Read("""{ "extends": "a.json", "gates": { "spectral-flatness-must-stay-below": "warning" } }""").Gates.Single();

        gate.Severity.Should().Be(Severity.Warning);
        ((SpectralFlatnessMustStayBelow.Options)gate.Options).Limit.Should().Be(0.2);
    }

    [Fact]
    public void A_gate_of_a_preset_can_be_turned_off()
        => files.Read("""{ "extends": "rvc", "gates": { "loss-must-converge": "off" } }""").Gates.Select(g => g.Gate.Id).Should().NotContain("MG4001").And.Contain("MG2001");

    [Fact]
    public void Paths_are_relative_to_the_file_that_says_them()
    {
        files["../shared/base.json"] = """
            { "artifacts": { "architecture": "keys.json", "output": ["**/*.wav", "!../run/raw/*"], "log": "../run/train.log" }, "gates": {} }
            """;

        var roles = files.Read("""{ "extends": "../shared/base.json" }""", "run/gate.config.json").Artifacts;

        roles[ArtifactRole.Architecture].Patterns.Should().Equal("../shared/keys.json");
        roles[ArtifactRole.Output].Patterns.Should().Equal("../shared/**/*.wav");
        roles[ArtifactRole.Output].Means("../run/raw/a.wav").Should().BeFalse();
        roles[ArtifactRole.Log].Patterns.Should().Equal("../run/train.log");
    }

    [Fact]
    public void Paths_of_a_template_are_relative_to_what_is_judged()
    {
        files["shared/base.json"] = """{ "artifacts": { "log": "train.log" }, "gates": {} }""";

        files.Read("""{ "extends": "shared/base.json" }""", isTemplate: true).Artifacts[ArtifactRole.Log].Patterns.Should().Equal("train.log");
    }

    [Fact]
    public void A_file_may_be_extended_on_two_ways()
    {
        files["top.json"] = """{ "gates": { "keys-must-match": {} } }""";
        files["a.json"] = """{ "extends": "top.json" }""";
        files["b.json"] = """{ "extends": "top.json" }""";

        var configuration = files.Read("""{ "extends": ["a.json", "b.json"] }""");

        configuration.Gates.Should().ContainSingle();
        configuration.Files.Select(f => f.Path).Should().Equal("gate.config.json", "a.json", "top.json", "b.json");
    }

    [Fact]
    public void An_error_names_the_file_that_holds_it()
    {
        files["team/base.json"] = "{\n  \"gates\": { \"loss-must-converge\": { \"window\": 7 } }\n}";

        files.Errors("""{ "extends": "team/base.json", "gates": { "keys-must-mach": {} } }""", "run/gate.config.json").Should().Equal(
            "run/gate.config.json(1,43): there is no gate \"keys-must-mach\"; did you mean \"keys-must-match\"?",
            "run/team/base.json(2,48): \"window\" is 7; it has to be from 0.05 to 1");
    }

    [Fact]
    public void A_gate_is_asked_for_by_the_file_that_says_so_last()
    {
        files["base.json"] = """{ "gates": { "keys-must-match": {}, "loss-must-converge": {} } }""";

        var gates = files.Read("{ \"extends\": \"base.json\",\n \"gates\": { \"keys-must-match\": {} } }").Gates;

        gates.Select(g => (g.At.File.Value, g.At.Line)).Should().Equal(("gate.config.json", 2), ("base.json", 1));
    }

    [Theory]
    [InlineData("\"rvx\"", "there is no preset \"rvx\"; did you mean \"rvc\"?")]
    [InlineData("\"transformers\"", "there is no preset \"transformers\"; there are: accelerate, applio, applio-dataset, bigvgan, coqui, ddsp-svc, ddsp-svc-dataset, fairseq, gpt-sovits, gpt-sovits-dataset, hifi-gan, hugging-face, lightning, parallel-wavegan, rvc, rvc-dataset, so-vits-svc, so-vits-svc-dataset, so-vits-svc-fork-dataset, vits")]
    [InlineData("\"\"", "there is no preset \"\"; there are: accelerate, applio, applio-dataset, bigvgan, coqui, ddsp-svc, ddsp-svc-dataset, fairseq, gpt-sovits, gpt-sovits-dataset, hifi-gan, hugging-face, lightning, parallel-wavegan, rvc, rvc-dataset, so-vits-svc, so-vits-svc-dataset, so-vits-svc-fork-dataset, vits")]
    [InlineData("\"missing.json\"", "\"missing.json\" cannot be extended: there is no such file")]
    [InlineData("\"/etc/passwd\"", "\"/etc/passwd\" cannot be extended: the path of a configuration is relative to the file that names it")]
    [InlineData("\"https://example.org/a.json\"", "\"https://example.org/a.json\" cannot be extended: the path of a configuration is relative to the file that names it")]
    [InlineData("\"./gate.config.json\"", "\"./gate.config.json\" cannot be extended, since it extends this file: gate.config.json, gate.config.json")]
    [InlineData("7", "\"extends\" is a number; it has to be a preset, a path, or a list of them")]
    [InlineData("[]", "\"extends\" is a list; it has to be a preset, a path, or a list of them")]
    public void What_cannot_be_extended_is_one_sentence_at_its_place(string entry, string sentence)
        => files.Errors($"{{ \"gates\": {{}},\n  \"extends\": {entry} }}").Should().Equal($"gate.config.json(2,14): {sentence}");

    [Fact]
    public void A_circle_is_told_where_it_closes()
    {
        files["a.json"] = """{ "extends": "sub/b.json" }""";
        files["sub/b.json"] = "{\n \"extends\": \"../a.json\" }";

        files.Errors("""{ "extends": "a.json", "gates": {} }""").Should().Equal(
            "sub/b.json(2,13): \"../a.json\" cannot be extended, since it extends this file: a.json, sub/b.json, a.json");
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_told_at_its_own_place()
    {
        files["a.json"] = "{ \"gates\": {} ]";

        files.Errors("""{ "extends": "a.json" }""").Should().ContainSingle().Which.Should().StartWith("a.json(1,15): this is not valid JSON: ");
    }

    [Fact]
    public void A_chain_without_end_is_refused()
    {
        for (var i = 0; i < 40; i++)
        {
            files[$"{i}.json"] = $$"""{ "extends": "{{i + 1}}.json" }""";
        }

        files.Errors("""{ "extends": "0.json" }""").Should().Equal("14.json(1,14): \"15.json\" cannot be extended: it would be number 17 of files that each extend the next");
    }

    [Fact]
    public void A_fan_that_doubles_with_each_file_is_read_once_each()
    {
        for (var i = 0; i < 14; i++)
        {
            files[$"{i}.json"] = $$"""{ "extends": ["{{i + 1}}.json", "{{i + 1}}.json"] }""";
        }

        files["14.json"] = """{ "gates": {} }""";

        files.Read("""{ "extends": "0.json" }""").Files.Should().HaveCount(16);
    }
}
