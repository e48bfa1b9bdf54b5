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
        { ["check", Tool.Sample("lexi"), "--report", "json=same", "--report", "html=same"], "--report names same for several reports: json, html" },
        { ["check", "@arguments"], "there is no folder @arguments" },
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
        { ["check", Tool.Sample("lexi"), "--jobs", "x"], "--jobs cannot be \"x\"; it is a whole number from 1 to 256" },
        { ["check", Tool.Sample("lexi"), "--jobs", "0"], "--jobs cannot be \"0\"; it is" },
        { ["measure", Tool.Sample("lexi"), "--jobs", "-1"], "--jobs cannot be \"-1\"; it is" },
        { ["check", Tool.Sample("lexi"), "--jobs", "99999999999"], "--jobs cannot be \"99999999999\"; it is" },
        { ["check", Tool.Sample("lexi"), "--name", " "], "--name is empty; it has to be a name" },
        { ["check", Tool.Sample("lexi"), "--report", "json=" + Tool.Sample("lexi", "lexi.pth", "a.json")], "lexi.pth is a file, not a folder" },
        { ["measure", Tool.Sample("lexi"), "--signal", "exported-step"], "exported-step is measured on an export and the checkpoints of its run, which check compares" },
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

    public static TheoryData<string, string> BrokenConfigurations => new()
    {
        { "", "(1,1): the file is empty; a configuration is an object, at least {}" },
        { "// nothing yet\n", ": the file holds comments and nothing else; a configuration is an object" },
        { "{ \"gates\": {\n", "the file ends before the object that begins at line 1, column 12 is closed" },
        { "{\n  \"overrides\": [ ", "(2,18): the file ends before the list that begins at line 2, column 16 is closed" },
        { "{ \"artifacts\": { \"model\": \"x.p", "the file ends in the middle of a string before the object that begins at line 1, column 16 is closed" },
        { "{ \"artifacts\": { \"model\": \"x\n.pth\" } }", "a string cannot hold a line break" },
        { "{} }", "(1,4): this is not valid JSON: something follows the end of the configuration" },
        { "[]", "(1,1): a configuration is an object, and this is a list" },
        { """{ "gates": { "pickle-must-be-safe": true } }""", "(1,37): \"pickle-must-be-safe\" is true; write {} for its defaults, or its severity, \"error\" or \"warning\"" },
        { """{ "gates": { "pickle-must-be-safe": false } }""", "(1,37): \"pickle-must-be-safe\" is false; write \"off\" to turn it off" },
        { """{ "require": { "output.peak": true } }""", "\"output.peak\" is true; write {}" },
    };

    [Theory]
    [MemberData(nameof(BrokenConfigurations))]
    public void In_a_broken_configuration_gets_its_place_in_plain_words(string text, string sentence)
    {
        Write("gate.config.json", text);

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Error.Should().StartWith($"{folder}/gate.config.json(".Replace('\\', '/')).And.Contain(sentence).And.NotContain("isFinalBlock").And.NotContain("payload");
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle();
    }

    [Fact]
    public void Of_a_place_for_a_report_is_told_without_the_file_that_is_written_first()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is a folder in which nobody may make a file");

        Tool.Run("check", Tool.Sample("lexi-fixed"), "--report", "json=/proc/report.json").Error.Should().Contain("the report /proc/report.json cannot be written: no file can be made in /proc\n");
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
