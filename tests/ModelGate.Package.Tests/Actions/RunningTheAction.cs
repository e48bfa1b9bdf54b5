using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests.Actions;

public class RunningTheAction(Packages packages)
{
    [Theory]
    [InlineData("samples/lexi-fixed", "passed", 0)]
    [InlineData("samples/lexi", "failed", 1)]
    [InlineData("samples/none", "inconclusive", 2)]
    public void Writes_everything_first_and_fails_after(string path, string verdict, int exitCode)
    {
        var runner = new Runner(packages, verdict, Packages.Root);
        runner.Step("modelgate", "install.sh", ("MODELGATE_COMMAND", packages.Tool)).ExitCode.Should().Be(0);

        var check = runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", runner.Outputs["command"]), ("MODELGATE_PATH", path));

        check.ExitCode.Should().Be(0, "the verdict has its own step");
        runner.Outputs["verdict"].Should().Be(verdict);
        runner.Summary.Should().Contain($"## ModelGate: {verdict}");
        if (exitCode < 2)
        {
            foreach (var report in (string[])["json", "sarif", "junit", "markdown"])
            {
                new FileInfo(runner.Outputs[report]).Length.Should().BePositive(report);
            }
        }
        else
        {
            runner.Outputs.Should().NotContainKey("json");
        }

        check.Output.Contains("::error file=samples/lexi/gate.config.json,line=13,col=5,title=MG2001", StringComparison.Ordinal).Should().Be(exitCode == 1);
        runner.Step("modelgate", "verdict.sh", ("MODELGATE_VERDICT", verdict), ("MODELGATE_EXIT_CODE", runner.Outputs["exit-code"])).ExitCode.Should().Be(exitCode);
    }

    [Fact]
    public void Judges_an_unreadable_model_as_inconclusive_with_all_reports()
    {
        var workspace = Path.Combine(packages.Folder, "unreadable");
        Directory.CreateDirectory(workspace);
        File.WriteAllText(Path.Combine(workspace, "model.pth"), "not a checkpoint");
        File.WriteAllText(Path.Combine(workspace, "G_1.pth"), "nor this");
        File.WriteAllText(Path.Combine(workspace, "gate.config.json"), """{ "artifacts": { "model": "model.pth", "checkpoints": "G_*.pth" }, "gates": { "final-checkpoint-must-be-exported": {} } }""");
        var runner = new Runner(packages, "unreadable", workspace);

        runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", packages.Tool)).ExitCode.Should().Be(0);

        runner.Outputs["verdict"].Should().Be("inconclusive");
        runner.Outputs["exit-code"].Should().Be("2");
        File.ReadAllText(runner.Outputs["sarif"]).Should().Contain("MG2001");
        runner.Summary.Should().Contain("inconclusive");
    }

    [Fact]
    public void Is_not_green_where_the_tool_says_nothing_at_all()
    {
        var runner = new Runner(packages, "silent", Packages.Root);

        runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", "true")).ExitCode.Should().Be(0);

        runner.Outputs["verdict"].Should().Be("inconclusive");
        runner.Outputs["exit-code"].Should().Be("2");
    }

    [Fact]
    public void Gives_inputs_to_no_shell()
    {
        var runner = new Runner(packages, "hostile", Packages.Root);
        var trap = Path.Combine(runner.Temporary, "trap");

        runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", packages.Tool), ("MODELGATE_PATH", $"$(touch '{trap}')\n::set-output name=a::b"), ("MODELGATE_FAIL_ON", $"`touch '{trap}'`"));
        runner.Step("modelgate", "install.sh", ("MODELGATE_COMMAND", "a\nverdict=passed")).ExitCode.Should().Be(2);

        File.Exists(trap).Should().BeFalse();
        runner.Outputs["verdict"].Should().Be("inconclusive");
    }

    [Fact]
    public void Installs_the_version_of_the_manifest()
    {
        var workspace = Path.Combine(packages.Folder, "with manifest");
        Directory.CreateDirectory(Path.Combine(workspace, ".config"));
        File.WriteAllText(Path.Combine(workspace, ".config", "dotnet-tools.json"), $$"""{ "version": 1, "isRoot": true, "tools": { "modelgate.tool": { "version": "{{Packages.Version}}", "commands": [ "modelgate" ] } } }""");
        var runner = new Runner(packages, "install", workspace);

        var install = runner.Step("modelgate", "install.sh");

        install.ExitCode.Should().Be(0, install.Output + install.Error);
        Shell.Run(runner.Outputs["command"], Packages.Root, packages.Variables, "explain").Output.Should().Contain("MG2001");
    }

    [Fact]
    public void Takes_the_gates_of_a_pull_request_from_its_base()
    {
        var workspace = Path.Combine(packages.Folder, "pull request");
        Directory.CreateDirectory(workspace);
        Git("init", "--quiet");
        File.WriteAllText(Path.Combine(workspace, "gate.config.json"), "strict");
        var strict = Commit();
        File.WriteAllText(Path.Combine(workspace, "gate.config.json"), "loose");
        Commit();
        var runner = new Runner(packages, "base", workspace);

        runner.Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", strict)).ExitCode.Should().Be(0);

        File.ReadAllText(Path.Combine(workspace, "gate.config.json")).Should().Be("strict");
        runner.Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", strict), ("MODELGATE_PATH", "elsewhere")).ExitCode.Should().Be(2, "a new configuration is not yet in force");
        runner.Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", "HEAD")).ExitCode.Should().Be(2);

        string Commit()
        {
            Git("add", "-A");
            Git("-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "--quiet", "-m", "a");
            return Git("rev-parse", "HEAD").Trim();
        }

        string Git(params string[] arguments)
        {
            var git = Shell.Run("git", workspace, packages.Variables, arguments);
            git.ExitCode.Should().Be(0, git.Error);
            return git.Output;
        }
    }

    [Theory]
    [InlineData("modelgate")]
    [InlineData("modelgate-comment")]
    public void Interpolates_nothing_into_a_script(string action)
    {
        var lines = File.ReadAllLines(Runner.Script(action, "action.yml"));

        lines.Where(l => l.Contains("run:", StringComparison.Ordinal)).Should().OnlyContain(l => Regex.IsMatch(l, @"^ +run: bash ""\$ACTION_PATH/[a-z-]+\.sh""$"));
    }
}
