using System.Text;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;

namespace ModelGate.Tests.Configuration;

public class ArchitectureExpectationTests
{
    [Fact]
    public void Is_a_family_whose_keys_are_known_at_once()
    {
        var stated = Read("""{ "family": "rvc", "variant": "v2-48k", "parameters": { "f0": false } }""").Should().BeOfType<ArchitectureExpectation.Stated>().Subject;

        (stated.Label, stated.Manifest.Keys.Count).Should().Be(("rvc v2-48k", 446));
    }

    [Fact]
    public void Is_a_family_whose_hyperparameters_stand_in_a_file()
        => Read("""{ "family": "hifi-gan", "config": "../config.json" }""").Should().BeOfType<ArchitectureExpectation.FromConfiguration>().Which.Path.Should().Be("../config.json");

    [Fact]
    public void Is_a_pattern_of_names()
        => Read("""{ "pattern": { "mrfs.{0..3}.convs.{0..2}.conv{1,2}.weight": [32, 8, 3], "b": { "shape": ["2 ** 3"], "dtype": "float32" } } }""")
            .Should().BeOfType<ArchitectureExpectation.Stated>().Which.Manifest.Keys.Should().HaveCount(25);

    [Fact]
    public void Is_a_command()
    {
        var command = Read("""{ "command": ["python3", "print_manifest.py"], "timeout": 5 }""").Should().BeOfType<ArchitectureExpectation.FromCommand>().Subject;

        command.Command.Should().Equal("python3", "print_manifest.py");
        command.Timeout.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("""{ "family": "rvcc" }""", 42, "there is no family \"rvcc\"; did you mean \"rvc\"?")]
    [InlineData("""{ "famly": "rvc" }""", 32, "there is no member \"famly\" of an architecture; did you mean \"family\"?")]
    [InlineData("""{ }""", 30, "an architecture that is an object has one of: family, pattern, command, assembly")]
    [InlineData("""{ "family": "rvc", "pattern": {} }""", 30, "an architecture has one of family, pattern, command, assembly, not both family and pattern")]
    [InlineData("""{ "family": 1 }""", 42, "\"family\" is a number; it has to be a string")]
    [InlineData("""{ "family": "rvc", "variant": "v2-48" }""", 60, "rvc has no variant \"v2-48\"; did you mean \"v2-48k\"?")]
    [InlineData("""{ "family": "rvc", "varient": "v2-48k" }""", 49, "there is no member \"varient\" beside \"family\"; did you mean \"variant\"?")]
    [InlineData("""{ "family": "rvc", "variant": "v2-48k", "parameters": { "f_0": true } }""", 86, "rvc has no parameter \"f_0\"; did you mean \"f0\"?")]
    [InlineData("""{ "family": "rvc", "variant": "v2-48k", "parameters": { "n_layers": "6" } }""", 98, "n_layers is the text \"6\"; it has to be a whole number from 0 to 100000000")]
    [InlineData("""{ "family": "rvc", "variant": "v2-48k", "parameters": { "n_layers": 1000000 } }""", 30, "a list or range of 1000000 is over the limit of 100000")]
    [InlineData("""{ "family": "hifi-gan", "config": "*.json" }""", 64, "\"config\" has to be the path of one file, relative to this configuration")]
    [InlineData("""{ "family": "hifi-gan", "config": "/etc/passwd" }""", 64, "\"config\" has to be the path of one file, relative to this configuration")]
    [InlineData("""{ "family": "hifi-gan" }""", 30, "hifi-gan needs upsample_rates; give it under \"parameters\", or choose a variant: v1, v2, v3")]
    [InlineData("""{ "pattern": { "a.{0..": [1] } }""", 45, "a brace of \"a.{0..\" is not closed")]
    [InlineData("""{ "pattern": { "a": "1" } }""", 50, "\"a\" has no shape: a list of whole numbers and expressions, or an object with shape and dtype")]
    [InlineData("""{ "pattern": {} }""", 43, "\"pattern\" has to be an object of names to shapes")]
    [InlineData("""{ "command": "python3 print_manifest.py" }""", 43, "\"command\" has to be a list of strings: the program, then each of its arguments; no shell splits it")]
    [InlineData("""{ "command": ["a"], "timeout": 0 }""", 61, "\"timeout\" has to be a whole number of seconds from 1 to 600")]
    public void Is_read_strictly(string architecture, int column, string message)
    {
        var error = FluentActions.Invoking(() => Read(architecture)).Should().Throw<ConfigurationException>().Which.Errors.Should().ContainSingle().Subject;

        (error.At.Column, error.Message.Value).Should().Be((column, message));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("model")]
    public void Is_no_other_role(string role)
        => FluentActions.Invoking(() => GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes($$"""{ "artifacts": { "{{role}}": { "family": "rvc" } }, "gates": {} }""")))
            .Should().Throw<ConfigurationException>();

    private static ArchitectureExpectation? Read(string architecture)
        => GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes("{\"artifacts\":{\"architecture\":" + architecture + "},\"gates\":{}}")).Architecture;
}
