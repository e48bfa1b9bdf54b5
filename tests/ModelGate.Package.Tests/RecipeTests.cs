using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests;

/// <summary>The recipes for other places: their commands are taken out of the files and run. Where the framework itself is installed, it runs them.</summary>
public class RecipeTests(Packages packages)
{
    private static readonly string Hook = File.ReadAllText(Repository.PathOf(".pre-commit-hooks.yaml"));

    [PackageTheory]
    [InlineData("models/lexi.pth", true)]
    [InlineData("models/gate.config.json", true)]
    [InlineData("gate.config.json", true)]
    [InlineData("pytorch_model-00001-of-00002.bin", true)]
    [InlineData("a/model.safetensors", true)]
    [InlineData("firmware.bin", false)]
    [InlineData("my-gate.config.json.txt", false)]
    [InlineData("script.pt.py", false)]
    public void The_hook_is_for_models_and_configurations(string file, bool isJudged)
        => Regex.IsMatch(file, Regex.Match(Hook, "^  files: '(.*)'$", RegexOptions.Multiline).Groups[1].Value).Should().Be(isJudged);

    [PackageFact]
    public void The_hook_judges_each_run_once_by_its_own_configuration_and_other_files_by_themselves()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the hook is a script for bash");
        var folder = Workspace("hook");
        File.WriteAllText(Path.Combine(folder, "broken.safetensors"), "not one");

        Run("good run/lexi.pth", "good run/gate.config.json").ExitCode.Should().Be(0);
        var bad = Run("lexi/lexi.pth", "lexi/G_2376.pth", "good run/lexi.pth");
        bad.ExitCode.Should().Be(1);
        Regex.Count(bad.Output, "was exported from G_396.pth").Should().Be(1, bad.Output);
        Run("broken.safetensors").ExitCode.Should().NotBe(0);
        Run("good run/lexi.pth", "broken.safetensors").ExitCode.Should().NotBe(0);
        Run("broken.safetensors", "lexi/lexi.pth").ExitCode.Should().Be(1);

        Outcome Run(params string[] files)
        {
            var entry = Regex.Match(Hook, "^  entry: (.*)$", RegexOptions.Multiline).Groups[1].Value;
            return Shell.Run("bash", folder, new Dictionary<string, string>(packages.Variables) { ["MODELGATE_COMMAND"] = packages.Tool }, [Repository.PathOf(entry.Split('/')), .. files]);
        }
    }

    [PackageFact]
    public void The_hook_is_run_by_the_framework_for_what_is_committed()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(paths.Any(p => File.Exists(Path.Combine(p, "pre-commit"))), "pre-commit is not installed (Debian: apt-get install pre-commit)");
        var hooks = Path.Combine(packages.Folder, "hooks");
        Directory.CreateDirectory(Path.Combine(hooks, "build"));
        File.Copy(Repository.PathOf(".pre-commit-hooks.yaml"), Path.Combine(hooks, ".pre-commit-hooks.yaml"));
        File.Copy(Repository.PathOf("build", "pre-commit.sh"), Path.Combine(hooks, "build", "pre-commit.sh"));
        Commit(hooks);
        var folder = Workspace("committed");
        File.WriteAllText(Path.Combine(folder, ".pre-commit-config.yaml"), $"""
            repos:
              - repo: {hooks}
                rev: {Git(hooks, "rev-parse", "HEAD").Trim()}
                hooks:
                  - id: modelgate
            """);
        Commit(folder);
        var variables = new Dictionary<string, string>(packages.Variables)
        {
            ["MODELGATE_COMMAND"] = packages.Tool,
            ["PRE_COMMIT_HOME"] = Path.Combine(packages.Folder, "pre-commit"),
        };

        File.WriteAllText(Path.Combine(folder, "notes.txt"), "a");
        Git(folder, "add", "notes.txt");
        Shell.Run("pre-commit", folder, variables, "run").Output.Should().Contain("(no files to check)Skipped");
        File.AppendAllText(Path.Combine(folder, "good run", "gate.config.json"), "\n");
        Git(folder, "add", "-A");
        var good = Shell.Run("pre-commit", folder, variables, "run");
        good.ExitCode.Should().Be(0, good.Output);
        File.AppendAllText(Path.Combine(folder, "lexi", "gate.config.json"), "\n");
        Git(folder, "add", "-A");
        var bad = Shell.Run("pre-commit", folder, variables, "run");
        bad.ExitCode.Should().Be(1, bad.Output);
        bad.Output.Should().Contain("was exported from G_396.pth");
    }

    [PackageTheory]
    [InlineData("good run", 0)]
    [InlineData("lexi", 1)]
    public void GitLab_runs_its_commands(string model, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the runner's shell is bash");
        var folder = Workspace("gitlab " + model);
        var text = File.ReadAllText(Repository.PathOf("docs", "recipes", "gitlab-ci.yml"));
        var script = Commands(text[text.IndexOf("  script:", StringComparison.Ordinal)..text.IndexOf("  artifacts:", StringComparison.Ordinal)], 4);
        script.Should().HaveCount(6);

        var outcome = Run(folder, string.Join('\n', script), ("MODELGATE_PATH", model), ("MODELGATE_REPOSITORY", Source(out var commit)), ("MODELGATE_COMMIT", commit));

        outcome.ExitCode.Should().Be(exitCode, outcome.Output + outcome.Error);
        foreach (var report in Regex.Matches(text, "(?:codequality|junit|- ): ?(modelgate/.*)").Select(m => m.Groups[1].Value))
        {
            File.Exists(Path.Combine(folder, report)).Should().BeTrue(report);
        }
    }

    [PackageTheory]
    [InlineData("good run", 0)]
    [InlineData("lexi", 1)]
    public void Azure_Pipelines_runs_its_commands(string model, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the agent's shell is bash");
        var folder = Workspace("azure " + model);
        var script = Commands(File.ReadAllText(Repository.PathOf("docs", "recipes", "azure-pipelines.yml")), 2, "bash: ");
        var temporary = Path.Combine(packages.Folder, "agent " + model);
        Directory.CreateDirectory(temporary);
        script.Should().HaveCount(2);

        var build = Run(folder, script[0], ("AGENT_TEMPDIRECTORY", temporary), ("REPOSITORY", Source(out var commit)), ("COMMIT", commit));
        build.ExitCode.Should().Be(0, build.Error);
        var judge = Run(folder, script[1], ("AGENT_TEMPDIRECTORY", temporary), ("MODEL", model));

        judge.ExitCode.Should().Be(exitCode, judge.Error);
        judge.Output.Should().Contain($"##vso[task.complete result={(exitCode == 0 ? "Succeeded" : "Failed")};]");
        File.Exists(Path.Combine(temporary, "modelgate.junit.xml")).Should().BeTrue();
    }

    [PackageFact]
    public void Azure_Pipelines_is_told_where_a_configuration_is_wrong()
    {
        var folder = Workspace("azure configuration");
        File.WriteAllText(Path.Combine(folder, "good run", "gate.config.json"), "{\n  \"gates\": { \"no-such;gate]\": {} }\n}\n");

        var check = Shell.Run(packages.Tool, folder, packages.Variables, "check", "good run", "--format", "azure");

        check.ExitCode.Should().Be(2);
        var lines = check.Output.TrimEnd().Split('\n');
        lines[0].Should().StartWith("##vso[task.logissue type=error;sourcepath=good run/gate.config.json;linenumber=2;columnnumber=14;code=MG0001;]");
        lines[^1].Should().StartWith("##vso[task.complete result=Failed;]");
    }

    [PackageTheory]
    [InlineData("good run", 0)]
    [InlineData("lexi", 1)]
    public void Dvc_runs_its_command(string model, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the tool's folder is put on bash's PATH");
        var folder = Workspace("dvc " + model);
        Directory.Move(Path.Combine(folder, model), Path.Combine(folder, "models"));
        var text = File.ReadAllText(Repository.PathOf("docs", "recipes", "dvc.yaml"));
        var path = Path.GetDirectoryName(packages.Tool) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

        var outcome = Run(folder, Regex.Match(text, "^    cmd: (.*)$", RegexOptions.Multiline).Groups[1].Value, ("PATH", path));

        outcome.ExitCode.Should().Be(exitCode, outcome.Error);
        File.Exists(Path.Combine(folder, Regex.Match(text, "^      - (.*):$", RegexOptions.Multiline).Groups[1].Value)).Should().BeTrue("it is what the stage gives out");
    }

    /// <summary>The items of a list of commands: on the line of the dash, or in the block below it.</summary>
    private static string[] Commands(string yaml, int indent, string key = "")
    {
        var commands = new List<string>();
        var isBlock = false;
        foreach (var line in yaml.Split('\n'))
        {
            var dash = new string(' ', indent) + "- ";
            if (line.StartsWith(dash + key, StringComparison.Ordinal))
            {
                var rest = line[(dash.Length + key.Length)..];
                isBlock = rest == "|";
                commands.Add(isBlock ? "" : rest);
            }
            else if (isBlock && line.StartsWith(new string(' ', indent + (key.Length > 0 ? 4 : 2)), StringComparison.Ordinal))
            {
                commands[^1] += line.Trim() + "\n";
            }
            else
            {
                isBlock = false;
            }
        }

        return [.. commands];
    }

    private Outcome Run(string folder, string script, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>(packages.Variables);
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return Shell.Run("bash", folder, all, "-e", "-o", "pipefail", "-c", script);
    }

    /// <summary>A repository in ModelGate's place, whose build gives out the tool that was packed: the build itself has tests of its own.</summary>
    private string Source(out string commit)
    {
        var folder = Path.Combine(packages.Folder, "recipes source");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(Path.Combine(folder, "build"));
            File.WriteAllText(Path.Combine(folder, "build", "tool.sh"), $"mkdir -p \"$1\"\nprintf '#!/bin/sh\\nexec \"{packages.Tool}\" \"$@\"\\n' > \"$1/modelgate\"\nchmod +x \"$1/modelgate\"\n");
            Commit(folder);
            Git(folder, "config", "uploadpack.allowAnySHA1InWant", "true");
        }

        commit = Git(folder, "rev-parse", "HEAD").Trim();
        return folder;
    }

    private string Workspace(string name)
    {
        var folder = Path.Combine(packages.Folder, name);
        foreach (var (sample, run) in new[] { ("lexi-fixed", "good run"), ("lexi", "lexi") })
        {
            foreach (var file in Directory.EnumerateFiles(Packages.Sample(sample), "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(folder, run, Path.GetRelativePath(Packages.Sample(sample), file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        // A run's configuration may name files of its neighbour, within the repository.
        Git(folder, "init", "--quiet");
        return folder;
    }

    private void Commit(string folder)
    {
        Git(folder, "init", "--quiet");
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "--quiet", "-m", "a");
    }

    private string Git(string folder, params string[] arguments)
    {
        var git = Shell.Run("git", folder, packages.Variables, arguments);
        git.ExitCode.Should().Be(0, git.Error);
        return git.Output;
    }
}
