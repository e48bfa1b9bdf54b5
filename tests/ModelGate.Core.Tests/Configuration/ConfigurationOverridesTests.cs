using ModelGate.Configuration;
using ModelGate.Gates.Audio;
using ModelGate.Runs;

namespace ModelGate.Tests.Configuration;

public class ConfigurationOverridesTests
{
    private readonly ConfigurationsInMemory files = new();

    [Fact]
    public void Hold_for_their_files_only()
    {
        var configuration = files.Read("""
            {
              "gates": { "spectral-flatness-must-stay-below": { "limit": 0.1 } },
              "overrides": [
                { "files": ["biden/**", "!biden/raw/**"], "gates": { "spectral-flatness-must-stay-below": { "limit": 0.3, "severity": "warning" } } },
                { "files": "**/whisper*.wav", "gates": { "spectral-flatness-must-stay-below": "off" } }
              ]
            }
            """);
        var gate = configuration.Gates.Single();

        (double, Severity)? Of(string? path) => configuration.For(gate, path) is { } found ? (((SpectralFlatnessMustStayBelow.Options)found.Options).Limit, found.Severity) : null;

        Of("lexi/a.wav").Should().Be((0.1, Severity.Error));
        Of("biden/a.wav").Should().Be((0.3, Severity.Warning));
        Of("biden/deep/a.wav").Should().Be((0.3, Severity.Warning));
        Of("biden/raw/a.wav").Should().Be((0.1, Severity.Error));
        Of("biden/whisper1.wav").Should().BeNull();
        Of(null).Should().Be((0.1, Severity.Error));
        configuration.For(gate, "biden/a.wav")!.At.Line.Should().Be(4);
    }

    [Fact]
    public void Turn_on_for_some_files_what_is_off_elsewhere()
    {
        var configuration = files.Read("""
            { "overrides": [ { "files": "../out/*.wav", "gates": { "spectral-flatness-must-stay-below": {} }, "require": { "output.rms": { "above": 0.01 } } } ] }
            """);

        configuration.For(configuration.Gates.Single(), "../out/a.wav").Should().NotBeNull();
        configuration.For(configuration.Gates.Single(), "a.wav").Should().BeNull();
        configuration.For(configuration.Requirements.Single(), "../out/a.wav")!.Requirements.Should().Equal(new Requirement(Relation.Above, 0.01));
        configuration.For(configuration.Requirements.Single(), "out/a.wav").Should().BeNull();
    }

    [Fact]
    public void That_meet_in_one_file_are_merged_in_their_order()
    {
        var configuration = files.Read("""
            {
              "require": { "output.rms": { "above": 0.01 } },
              "overrides": [
                { "files": "a/**", "require": { "output.rms": { "above": 0.02, "below": 0.9 } } },
                { "files": "**/b.wav", "require": { "output.rms": { "below": 0.5 } } }
              ]
            }
            """);

        configuration.For(configuration.Requirements.Single(), "a/b.wav")!.Requirements
            .Should().BeEquivalentTo([new Requirement(Relation.Above, 0.02), new Requirement(Relation.Below, 0.5)]);
    }

    [Fact]
    public void That_contradict_each_other_in_one_file_are_an_error_with_its_place()
    {
        var configuration = files.Read("""
            { "require": { "output.rms": { "above": 0.01 } },
              "overrides": [ { "files": "a/**", "require": { "output.rms": { "above": 0.9 } } }, { "files": "**/b.wav", "require": { "output.rms": { "below": 0.5 } } } ] }
            """);

        FluentActions.Invoking(() => configuration.For(configuration.Requirements.Single(), "a/b.wav"))
            .Should().Throw<ConfigurationException>().Which.Errors.Should().ContainSingle().Which.At.Line.Should().Be(2);
    }

    [Theory]
    [InlineData("{ \"gates\": {} }", "the member \"files\" is missing")]
    [InlineData("{ \"files\": \"*\", \"gate\": {} }", "there is no member of an override \"gate\"; did you mean \"gates\"?")]
    [InlineData("{ \"files\": \"*\", \"gates\": { \"keys-must-mach\": {} } }", "there is no gate \"keys-must-mach\"")]
    [InlineData("{ \"files\": \"*\", \"gates\": { \"spectral-flatness-must-stay-below\": { \"limit\": 7 } } }", "\"limit\" is 7")]
    [InlineData("{ \"files\": \"*\", \"gates\": [] }", "\"gates\" is a list; it has to be an object")]
    [InlineData("{ \"files\": 1 }", "\"files\" is a number; it has to be a glob or a list of globs")]
    [InlineData("{ \"files\": \"/a\" }", "the pattern \"/a\" is absolute")]
    [InlineData("1", "\"an override\" is a number; it has to be an object")]
    public void Are_read_strictly(string text, string sentence)
        => files.Errors($"{{ \"gates\": {{}}, \"overrides\": [ {text} ] }}").Should().ContainSingle().Which.Should().Contain(sentence);
}
