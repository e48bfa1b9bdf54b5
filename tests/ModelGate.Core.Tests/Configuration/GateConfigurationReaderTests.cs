using System.Text;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Gates.Audio;
using ModelGate.Runs;

namespace ModelGate.Tests.Configuration;

public class GateConfigurationReaderTests
{
    [Fact]
    public void Tells_its_roles_gates_options_and_places()
    {
        var configuration = Read("""
            {
              // a limit can carry its reason
              "artifacts": { "output": ["a/*.wav", "b.wav"], "log": "train.log" },
              "gates": {
                "spectral-flatness-must-stay-below": { "limit": 0.2, "severity": "warning" },
                "loss-must-converge": "error",
                "keys-must-match": "off",
              },
            }
            """);

        configuration.Artifacts[ArtifactRole.Output].Patterns.Should().Equal("a/*.wav", "b.wav");
        configuration.Artifacts[ArtifactRole.Log].Patterns.Should().Equal("train.log");
        configuration.Gates.Select(g => g.Gate.Id).Should().Equal("MG4001", "MG5001");
        var flatness = configuration.Gates[1];
        flatness.Severity.Should().Be(Severity.Warning);
        flatness.Options.Should().BeOfType<SpectralFlatnessMustStayBelow.Options>().Which.Limit.Should().Be(0.2);
        flatness.At.Should().Be(new SourcePosition(SafeText.From("gate.config.json"), 5, 5));
    }

    [Fact]
    public void Tells_its_limits_and_keeps_the_defaults_of_those_that_it_does_not_name()
        => Read("""{ "limits": { "pickleOpcodes": 1000000, "fileTime": 7 }, "gates": {} }""").Limits
            .Should().Be(ReadLimits.Default with { PickleOpcodes = 1_000_000, FileTime = TimeSpan.FromSeconds(7) });

    [Fact]
    public void Keeps_the_defaults_of_options_that_it_does_not_name()
        => Read("""{ "gates": { "spectral-flatness-must-stay-below": {} } }""").Gates[0].Options
            .Should().Be(new SpectralFlatnessMustStayBelow.Options());

    [Theory]
    [InlineData("""{ "gates": { "keys-must-mach": {} } }""", 1, 14, "there is no gate \"keys-must-mach\"; did you mean \"keys-must-match\"?")]
    [InlineData("""{ "gate": {} }""", 1, 3, "there is no member \"gate\"; did you mean \"gates\"?")]
    [InlineData("""{ "artifacts": { "chekpoints": "G_*" }, "gates": {} }""", 1, 18, "there is no role \"chekpoints\"; did you mean \"checkpoints\"?")]
    [InlineData("""{ "gates": { "spectral-flatness-must-stay-below": { "limt": 1 } } }""", 1, 53, "there is no option of spectral-flatness-must-stay-below \"limt\"; did you mean \"limit\"?")]
    [InlineData("""{ "gates": { "spectral-flatness-must-stay-below": { "limit": "0.1" } } }""", 1, 62, "\"limit\" is a string; it has to be a number")]
    [InlineData("""{ "gates": { "spectral-flatness-must-stay-below": { "limit": 1.5 } } }""", 1, 62, "\"limit\" is 1.5; it has to be from 0 to 1")]
    [InlineData("""{ "gates": { "spectral-flatness-must-stay-below": { "limit": null } } }""", 1, 62, "\"limit\" is null; it has to be a number")]
    [InlineData("""{ "gates": { "spectral-flatness-must-stay-below": { "limit": 1e999 } } }""", 1, 62, "\"limit\" is too large a number")]
    [InlineData("""{ "gates": { "keys-must-match": { "missing": 1.5 } } }""", 1, 46, "\"missing\" is 1.5; it has to be a whole number")]
    [InlineData("""{ "gates": { "keys-must-match": { "severity": "eror" } } }""", 1, 47, "\"eror\" is not a severity; did you mean \"error\"?")]
    [InlineData("""{ "gates": { "keys-must-match": 1 } }""", 1, 33, "\"keys-must-match\" is a number; it has to be an object")]
    [InlineData("""{ "gates": { "final-checkpoint-must-be-exported": { "policy": "finale" } } }""", 1, 63, "\"policy\" cannot be \"finale\"; did you mean \"final\"?")]
    [InlineData("""{ "gates": { "keys-must-match": {}, "keys-must-match": {} } }""", 1, 37, "duplicate member \"keys-must-match\"")]
    [InlineData("""{ "gates": {}, "gates": {} }""", 1, 16, "duplicate member \"gates\"")]
    [InlineData("""{ "artifacts": { "log": 1 }, "gates": {} }""", 1, 25, "\"log\" is a number; it has to be a glob or a list of globs")]
    [InlineData("""{ "artifacts": { "log": "/etc/passwd" }, "gates": {} }""", 1, 25, "the pattern \"/etc/passwd\" is absolute: paths are relative to the configuration")]
    [InlineData("""{ "limits": { "pickleOpcode": 1 }, "gates": {} }""", 1, 15, "there is no limit \"pickleOpcode\"; did you mean \"pickleOpcodes\"?")]
    [InlineData("""{ "limits": { "rank": 0 }, "gates": {} }""", 1, 23, "\"rank\" is 0; it has to be a whole number from 1 to 2147483647")]
    [InlineData("""{ "limits": { "rank": 1.5 }, "gates": {} }""", 1, 23, "\"rank\" is 1.5; it has to be a whole number from 1 to 2147483647")]
    [InlineData("""{ "limits": { "fileBytes": "64 GiB" }, "gates": {} }""", 1, 28, "\"fileBytes\" is a string; it has to be a number")]
    [InlineData("""{ "limits": [], "gates": {} }""", 1, 13, "\"limits\" is a list; it has to be an object")]
    [InlineData("""{ "gates": { "pickle-must-be-safe": { "allowGlobals": ["a.B", "os.system"] } } }""", 1, 55, "\"os.system\" runs programs: no configuration can allow it")]
    [InlineData("""{ "gates": { "pickle-must-be-safe": { "allowLists": ["all"] } } }""", 1, 53, "there is no list \"all\"; there are: transformers-training-args")]
    [InlineData("""{ "artifacts": {} }""", 1, 1, "the member \"gates\" is missing: a configuration without gates judges nothing")]
    [InlineData("""[]""", 1, 1, "a configuration is an object, and this is a list")]
    public void Names_the_place_of_an_error_and_what_would_be_right(string text, int line, int column, string message)
    {
        var errors = Errors(text);

        errors.Should().ContainSingle();
        (errors[0].At.Line, errors[0].At.Column, errors[0].Message.Value).Should().Be((line, column, message));
    }

    [Fact]
    public void Tells_every_error_and_not_only_the_first()
        => Errors("""
            { "artifacts": { "modle": "x" },
              "gates": { "keys-must-mach": {}, "loss-must-converge": { "ceiling": "low" } } }
            """).Select(e => e.At.Line).Should().Equal(1, 2, 2);

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\n  \"gates\": {\n", 3, 1)]
    [InlineData("{ \"gates\": {} } trailing", 1, 17)]
    [InlineData("{ 'gates': {} }", 1, 3)]
    public void Names_the_place_where_it_stops_being_JSON(string text, int line, int column)
        => Errors(text).Should().ContainSingle().Which.At.Should().Be(new SourcePosition(SafeText.From("gate.config.json"), line, column));

    [Fact]
    public void Refuses_nesting_without_end()
        => Errors("{ \"gates\": " + string.Concat(Enumerable.Repeat("[", 100_000))).Should().ContainSingle();

    [Fact]
    public void Counts_columns_in_characters_behind_other_letters()
        => Errors("{ \"artifacts\": { \"log\": \"größe\", \"modle\": \"x\" }, \"gates\": {} }").Should().ContainSingle()
            .Which.At.Should().Be(new SourcePosition(SafeText.From("gate.config.json"), 1, 34));

    [Fact]
    public void Is_read_with_a_byte_order_mark()
        => GateConfigurationReader.Read("gate.config.json", [0xEF, 0xBB, 0xBF, .. "{ \"gates\": {} }"u8]).Gates.Should().BeEmpty();

    [Fact]
    public void Refuses_text_that_is_not_valid_Unicode()
        => FluentActions.Invoking(() => GateConfigurationReader.Read("gate.config.json", [.. "{ \"gates\": { \"\xFF\" "u8.ToArray().Select(b => b == 0xC3 ? (byte)0xFF : b)]))
            .Should().Throw<ConfigurationException>();

    private static GateConfiguration Read(string text) => GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<ConfigurationError> Errors(string text)
        => FluentActions.Invoking(() => Read(text)).Should().Throw<ConfigurationException>().Which.Errors;
}
