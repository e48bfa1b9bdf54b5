using System.Text;

namespace ModelGate.Tool.Tests;

public sealed class WrongUsageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void Help_is_a_word_too()
    {
        Tool.Run("help").Output.Should().Be(Tool.Run("--help").Output);
        Tool.Run("help", "check").Output.Should().Be(Tool.Run("check", "--help").Output);
        Tool.Run("help").ExitCode.Should().Be(0);
    }

    public static TheoryData<string[], string> WrongCommandLines => new()
    {
        { ["chek"], "there is no command \"chek\"; did you mean \"check\"?" },
        { ["check", "--gates", "x"], "there is no option \"--gates\"; did you mean \"--gate\"?" },
        { ["check", "nowhere"], "there is no folder nowhere" },
        { ["check", Tool.Sample("lexi", "lexi.pth"), "--config", Tool.Sample("lexi", "gate.config.json")], "is a file; with --config, check wants the folder" },
        { ["check", Tool.Sample("lexi", "gate.config.json")], "is a configuration: name its folder, or give it with --config" },
        { ["check", Tool.Sample("lexi"), "--format", "jsn"], "there is no report format \"jsn\"; did you mean \"json\"?" },
        { ["check", Tool.Sample("lexi"), "--report", "json"], "--report wants FORMAT=FILE, such as json=report.json, and not \"json\"" },
        { ["check", Tool.Sample("lexi"), "--report", "json=" + Path.GetTempPath()], "cannot be written" },
        { ["check", Tool.Sample("lexi"), "--fail-on", "never"], "--fail-on cannot be \"never\"; it is error or warning" },
        { ["check", Tool.Sample("lexi"), "--gate", "keys-must-mach"], "there is no gate \"keys-must-mach\"; did you mean \"keys-must-match\"?" },
        { ["check", Tool.Sample("grc"), "--gate", "loss-must-converge"], "the configuration does not run \"loss-must-converge\"; it runs: keys-must-match" },
        { ["check", "--config", "nowhere.json"], "nowhere.json cannot be read: there is no such file" },
        { ["check", "--config", ""], "modelgate: --config is empty; it has to be the path of a configuration" },
        { ["check", ""], "modelgate: PATH is empty; it has to be a folder" },
        { ["check", Tool.Sample("lexi"), "--limit", "pickleOpcode=1"], "--limit: there is no limit \"pickleOpcode\"; did you mean \"pickleOpcodes\"?" },
        { ["inspect", Tool.Sample("lexi", "lexi.pth"), "--limit", "rank"], "--limit: it wants NAME=VALUE, such as pickleOpcodes=1000000, and not \"rank\"" },
        { ["inspect"], "Required argument 'FILE' missing for command: 'inspect'" },
        { ["inspect", "nowhere.pth"], "nowhere.pth cannot be read: there is no such file" },
        { ["inspect", Path.GetTempPath()], "it is a folder, not a file" },
        { ["inspect", Tool.Sample("lexi", "lexi.pth"), "--format", "xml"], "inspect cannot print \"xml\"; it prints console or json" },
        { ["explain", "MG9"], "there is no gate and no signal \"MG9\"" },
    };

    [Theory]
    [MemberData(nameof(WrongCommandLines))]
    public void Gets_one_sentence_and_exit_code_2(string[] args, string sentence)
    {
        var result = Tool.Run(args);

        result.ExitCode.Should().Be(2);
        result.Output.Should().BeEmpty();
        result.Error.Should().StartWith("modelgate: ").And.Contain(sentence).And.NotContain("internal error");
    }

    [Fact]
    public void In_the_configuration_gets_file_line_column_and_the_nearest_name()
    {
        Write("gate.config.json", """
            {
              "artifacts": { "log": "train.log" },
              "gates": { "loss-must-convrge": {} }
            }
            """);

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Be($"{folder}/gate.config.json(3,14): there is no gate \"loss-must-convrge\"; did you mean \"loss-must-converge\"?\n".Replace('\\', '/'));
    }

    [Fact]
    public void In_an_empty_folder_gets_one_sentence()
    {
        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain("there is nothing to judge in ");
    }

    public static TheoryData<string, string, string> BadArtifacts => new()
    {
        { "log", "train.log", "nothing of interest\n" },
        { "log", "train.log", "" },
        { "output", "a.wav", "RIFF\u0024\0\0\0WAVEdata\0\0\0\0" },
        { "output", "a.wav", "not a wave" },
        { "model", "m.pth", "PK\u0003\u0004" },
        { "architecture", "keys.json", "{" },
    };

    [Theory]
    [MemberData(nameof(BadArtifacts))]
    public void With_a_broken_artifact_gets_exit_code_2_and_never_passes(string role, string name, string content)
    {
        Write(name, content);
        Write("gate.config.json", "{ \"artifacts\": { \"" + role + "\": \"" + name + "\", \"" + (role == "model" ? "architecture" : "model") + """
            ": "m*.pth" }, "gates": { "keys-must-match": {}, "loss-must-converge": {}, "spectral-flatness-must-stay-below": {} } }
            """);

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("inconclusive: ").And.NotContain("PASS").And.NotContain("internal error");
    }

    [Fact]
    public void For_nothing_gets_the_help_and_exit_code_2()
    {
        var result = Tool.Run();

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("check").And.Contain("inspect").And.Contain("explain").And.Contain("schema");
    }

    [Fact]
    public void For_help_gets_it_and_exit_code_0()
        => Tool.Run("check", "--help").Should().Match<Result>(r => r.ExitCode == 0 && r.Output.Contains("--fail-on"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, string content) => File.WriteAllBytes(Path.Combine(folder, name), Encoding.Latin1.GetBytes(content));

    [Fact]
    public void Behind_two_dashes_everything_is_a_path()
        => Tool.Run("inspect", "--", "--format.pth").Error.Should().NotContain("there is no option");
}
