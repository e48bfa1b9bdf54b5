using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests.Actions;

/// <summary>The action from its action.yml, step by step: whatever happens, there is a verdict, a summary, an annotation, and an exit code.</summary>
public class WholeActionTests(Packages packages)
{
    private static readonly CompositeAction Action = new(Repository.PathOf(".github", "actions", "modelgate"));

    [PackageTheory]
    [InlineData("samples/lexi-fixed", "passed", 0)]
    [InlineData("samples/lexi", "failed", 1)]
    public void Judges(string path, string verdict, int exitCode)
    {
        var runner = new Runner(packages, "whole " + verdict, Repository.Root);

        var use = Action.Run(runner, ("path", path), ("command", packages.Tool));

        use.ExitCode.Should().Be(exitCode, use.Log);
        use.Outputs["verdict"].Should().Be(verdict);
        use.Outputs["command"].Should().Be(packages.Tool);
        File.Exists(use.Outputs["json"]).Should().BeTrue();
        runner.Summary.Should().Contain($"## ModelGate: {verdict}");
        Regex.Count(use.Log, @"\nCause: |%0ACause: spectral flatness").Should().Be(exitCode == 1 ? 3 : 0, "each annotation says what its finding comes from");
    }

    [PackageFact]
    public void Used_twice_in_a_job_gives_the_tool_to_the_second_use()
    {
        var runner = new Runner(packages, "whole twice", Repository.Root);
        var first = Action.Run(runner, ("path", "samples/lexi"), ("command", packages.Tool), ("reports", Path.Combine(runner.Temporary, "first")));

        var second = Action.Run(runner, ("path", "samples/lexi-fixed"), ("command", first.Outputs["command"]), ("reports", Path.Combine(runner.Temporary, "second")));

        (first.Outputs["verdict"], second.Outputs["verdict"]).Should().Be(("failed", "passed"));
        second.Outputs["sarif"].Should().NotBe(first.Outputs["sarif"]);
        runner.Summary.Should().Contain("## ModelGate: failed").And.Contain("## ModelGate: passed");
    }

    // The commands of a workflow are a line each: nothing that was typed may end one.
    [PackageTheory]
    [InlineData("version", "1.0 a\n::error::b", "is not the version of a package")]
    [InlineData("command", "a\nb", "the command is more than one line")]
    [InlineData("config-from", "main", "config-from has to be a commit's full hash")]
    [InlineData("changed-from", "main", "changed-from has to be a commit's full hash")]
    public void Is_inconclusive_with_summary_annotation_and_outputs_where_a_step_before_fails(string input, string value, string problem)
    {
        var workspace = Path.Combine(packages.Folder, "failing " + input);
        Directory.CreateDirectory(Path.Combine(workspace, ".github", "workflows"));
        File.WriteAllText(Path.Combine(workspace, ".github", "workflows", "gate.yml"), "jobs:\n  gate:\n    steps:\n      - uses: owner/modelgate/.github/actions/modelgate@v1\n");
        var runner = new Runner(packages, "failing " + input, workspace);
        runner.Set("GITHUB_WORKFLOW_REF", "owner/repository/.github/workflows/gate.yml@refs/pull/1/merge");
        (string, string)[] inputs = input is "command" or "version" ? [(input, value)] : [(input, value), ("command", packages.Tool)];

        var use = Action.Run(runner, inputs);

        use.ExitCode.Should().Be(2);
        use.Outputs["verdict"].Should().Be("inconclusive");
        use.Outputs["exit-code"].Should().Be("2");
        use.Outputs["json"].Should().BeEmpty();
        runner.Summary.Should().StartWith("## ModelGate: inconclusive").And.Contain(problem.Replace("@", "&#64;", StringComparison.Ordinal));
        var annotation = use.Log.Split('\n').Should().ContainSingle(l => l.StartsWith("::error", StringComparison.Ordinal)).Subject;
        annotation.Should().MatchRegex(@"\A::error file=(\.github/workflows/gate\.yml,line=4|gate\.config\.json,line=1),title=ModelGate::nothing was judged: ").And.Contain(problem);
    }

    [PackageFact]
    public void Shows_what_is_wrong_with_a_configuration_at_its_line()
    {
        var workspace = Path.Combine(packages.Folder, "wrong configuration");
        Directory.CreateDirectory(Path.Combine(workspace, "models"));
        File.WriteAllText(Path.Combine(workspace, "models", "gate.config.json"), "{\n  \"artifacts\": { \"model\": \"a.pth\" },\n  \"gates\": {\n    \"<b>@team\": {}\n  }\n}\n");
        var runner = new Runner(packages, "wrong configuration", workspace);

        var use = Action.Run(runner, ("path", "models"), ("command", packages.Tool));

        use.ExitCode.Should().Be(2, use.Log);
        use.Outputs["verdict"].Should().Be("inconclusive");
        use.Log.Split('\n').Where(l => l.StartsWith("::error", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("::error file=models/gate.config.json,line=4,col=5,title=MG0001 configuration::");
        runner.Summary.Should().StartWith("## ModelGate: inconclusive").And.Contain("gate.config.json(4,5)").And.Contain("&lt;b&gt;").And.NotContain("<b>").And.NotContain("@team");
    }

    [PackageFact]
    public void Judges_a_pull_request_where_it_changed_something_and_else_says_that_there_is_nothing()
    {
        var workspace = Path.Combine(packages.Folder, "changes");
        Directory.CreateDirectory(Path.Combine(workspace, "models", "voice"));
        File.Copy(Packages.Sample("lexi", "train.log"), Path.Combine(workspace, "models", "voice", "train.log"));
        File.WriteAllText(Path.Combine(workspace, "models", "voice", "gate.config.json"), """{ "artifacts": { "log": "train.log" }, "gates": { "loss-must-converge": {} } }""");
        File.WriteAllText(Path.Combine(workspace, "models", "notes.txt"), "a");
        Git("init", "--quiet");
        var start = Commit();
        File.WriteAllText(Path.Combine(workspace, "models", "notes.txt"), "b");
        File.WriteAllText(Path.Combine(workspace, "README.md"), "b");
        var unrelated = Commit();
        File.AppendAllText(Path.Combine(workspace, "models", "voice", "train.log"), "\n");
        Commit();

        Of(unrelated, "models/**\n!**/notes.txt").Outputs["verdict"].Should().Be("failed");
        Git("checkout", "--quiet", unrelated);
        var nothing = Of(start, "models/**\n  !**/notes.txt\n\n**/gate.config.json");
        nothing.ExitCode.Should().Be(0, "a required check reports all the same");
        nothing.Outputs["verdict"].Should().Be("nothing-to-judge");
        Of(start, "models/**").Outputs["verdict"].Should().Be("failed", "the notes count here");
        Of(start, "").Outputs["verdict"].Should().Be("inconclusive", "no pattern is a mistake, and not green");
        Of(new string('0', 40), "models/**").Outputs["verdict"].Should().Be("inconclusive", "a base that is not there is not green");

        // What an attacker may write into a checkout does not change what Git compares.
        File.WriteAllText(Path.Combine(workspace, ".gitattributes"), "* diff=evil -text merge=evil\n");
        File.AppendAllText(Path.Combine(workspace, "models", "voice", "train.log"), "\n\n");
        Commit();
        Of(start, "models/voice/**").Outputs["verdict"].Should().Be("failed");

        Use Of(string from, string patterns)
            => Action.Run(new Runner(packages, $"changes {from[..6]} {patterns.Length}", workspace), ("path", "models/voice"), ("changed", patterns), ("changed-from", from), ("command", packages.Tool));

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

    // What the guides tell a stranger to do, done by their own command.
    [PackageTheory]
    [InlineData("github-actions.md")]
    [InlineData("pull-requests.md")]
    public void The_example_workflow_needs_exactly_the_edits_that_the_guides_name(string guide)
    {
        var folder = Path.Combine(packages.Folder, "edited " + guide, ".github", "workflows");
        Directory.CreateDirectory(folder);
        foreach (var workflow in Directory.EnumerateFiles(Repository.PathOf(".github", "workflows"), "model-gate*.yml"))
        {
            File.Copy(workflow, Path.Combine(folder, Path.GetFileName(workflow)));
        }

        var edit = Regex.Match(File.ReadAllText(Repository.PathOf("docs", "guides", guide)), @"^ *(sed -i .*)$", RegexOptions.Multiline).Groups[1].Value;
        var edited = Shell.Run("bash", Path.Combine(folder, "..", ".."), packages.Variables, "-c", edit);

        edited.ExitCode.Should().Be(0, edited.Error);
        var text = File.ReadAllText(Path.Combine(folder, "model-gate.yml"));
        text.Should().NotContain("./.github/actions").And.NotContain("global.json").And.NotContain("src/").And.NotMatchRegex(@"(?m)^ +paths:");
        Regex.Count(text, @"uses: OWNER/REPOSITORY/\.github/actions/modelgate@HASH\n").Should().Be(2);
        var local = Regex.Matches(File.ReadAllText(Path.Combine(folder, "model-gate-comment.yml")), @"uses: (\S+modelgate\S*)").Select(m => m.Groups[1].Value);
        local.Should().Equal("OWNER/REPOSITORY/.github/actions/modelgate-comment@HASH");
    }
}
