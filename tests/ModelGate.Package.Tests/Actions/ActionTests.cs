using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests.Actions;

public class ActionTests(Packages packages)
{
    [PackageTheory]
    [InlineData("samples/lexi-fixed", "passed", 0)]
    [InlineData("samples/lexi", "failed", 1)]
    [InlineData("samples/none", "inconclusive", 2)]
    public void Writes_everything_first_and_fails_after(string path, string verdict, int exitCode)
    {
        var runner = new Runner(packages, verdict, Repository.Root);
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

    [PackageFact]
    public void Used_twice_in_a_job_keeps_the_reports_of_both_and_their_identities_apart()
    {
        var folder = Path.Combine(packages.Folder, "twice");
        Directory.CreateDirectory(folder);
        var texts = new List<(string Sarif, string JUnit)>();
        foreach (var (sample, name) in new[] { ("lexi", "first"), ("lexi-fixed", "second") })
        {
            var run = Path.Combine(folder, "run");
            Directory.CreateDirectory(run);
            File.Copy(Repository.PathOf("samples", sample, "train.log"), Path.Combine(run, "train.log"), overwrite: true);
            var runner = new Runner(packages, "twice", folder);
            runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", packages.Tool), ("MODELGATE_PATH", "run"), ("MODELGATE_NAME", name)).ExitCode.Should().Be(0);
            texts.Add((runner.Outputs["sarif"], runner.Outputs["junit"]));
        }

        texts.Select(t => t.Sarif).Should().OnlyHaveUniqueItems("the outputs of the first use still lead to its own reports");
        File.ReadAllText(texts[0].Sarif).Should().Contain("\"id\": \"modelgate/first/\"").And.Contain("MG4001");
        File.ReadAllText(texts[1].Sarif).Should().Contain("\"id\": \"modelgate/second/\"");
        File.ReadAllText(texts[0].JUnit).Should().Contain("classname=\"modelgate.first.MG4001\"");
    }

    [PackageFact]
    public void A_workflow_that_is_called_for_several_models_uploads_no_artifact_under_one_name()
    {
        var workflow = File.ReadAllText(Repository.PathOf(".github", "workflows", "model-gate.yml"));
        var uploads = Regex.Matches(workflow, @"uses: actions/upload-artifact@\S+ # \S+\n\s+with:\n(?:\s+#.*\n)*\s+name: (?<name>.+)\n").Select(m => m.Groups["name"].Value).ToArray();

        // The second job runs once: not where the workflow is called.
        uploads.Should().Equal("modelgate-report-${{ inputs.name || inputs.artifact }}", "modelgate-report");
        workflow.Should().Contain("if: github.event_name == 'pull_request' && inputs.artifact == ''");
    }

    [PackageFact]
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

    [PackageFact]
    public void Is_not_green_where_the_tool_says_nothing_at_all()
    {
        var runner = new Runner(packages, "silent", Repository.Root);

        runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", "true")).ExitCode.Should().Be(0);

        runner.Outputs["verdict"].Should().Be("inconclusive");
        runner.Outputs["exit-code"].Should().Be("2");
    }

    [PackageTheory]
    [InlineData("", "inconclusive", "is done only with --allow-commands")]
    [InlineData(" commands\ttorchscript ", "passed", "all keys align")]
    [InlineData("commands everything", "inconclusive", "allow contains the unknown word everything")]
    [InlineData("commands --overwrite", "inconclusive", "allow contains the unknown word --overwrite")]
    public void Allows_what_the_workflow_names_and_nothing_else(string allow, string verdict, string says)
    {
        var workspace = Path.Combine(packages.Folder, "allow");
        Directory.CreateDirectory(workspace);
        File.Copy(Repository.PathOf("samples", "grc", "best_model.pth"), Path.Combine(workspace, "best_model.pth"), overwrite: true);
        File.Copy(Repository.PathOf("samples", "grc", "expected_nested.json"), Path.Combine(workspace, "nested.json"), overwrite: true);
        File.WriteAllText(Path.Combine(workspace, "gate.config.json"), """{ "artifacts": { "architecture": { "command": ["cat", "nested.json"] }, "model": "best_model.pth" }, "gates": { "keys-must-match": {} } }""");
        var runner = new Runner(packages, "allow", workspace);

        runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", packages.Tool), ("MODELGATE_ALLOW", allow)).ExitCode.Should().Be(0);

        runner.Outputs["verdict"].Should().Be(verdict);
        runner.Summary.Should().Contain(says);
    }

    [PackageFact]
    public void Gives_inputs_to_no_shell()
    {
        var runner = new Runner(packages, "hostile", Repository.Root);
        var trap = Path.Combine(runner.Temporary, "trap");

        runner.Step("modelgate", "check.sh", ("MODELGATE_COMMAND", packages.Tool), ("MODELGATE_PATH", $"$(touch '{trap}')\n::set-output name=a::b"), ("MODELGATE_FAIL_ON", $"`touch '{trap}'`"));
        runner.Step("modelgate", "install.sh", ("MODELGATE_COMMAND", "a\nverdict=passed")).ExitCode.Should().Be(2);

        File.Exists(trap).Should().BeFalse();
        runner.Outputs["verdict"].Should().Be("inconclusive");
    }

    [PackageFact]
    public void Installs_the_package_whose_hash_is_known()
    {
        var runner = new Runner(packages, "install", packages.Folder);

        var install = runner.Step("modelgate", "install.sh", ("MODELGATE_SOURCE", packages.Feed), ("MODELGATE_SHA512", Hashes(packages.Feed)));

        install.ExitCode.Should().Be(0, install.Output + install.Error);
        Shell.Run(runner.Outputs["command"], Repository.Root, packages.Variables, "explain").Output.Should().Contain("MG2001");
    }

    // A pull request brings a nuget.config, a manifest and a package of the same name, in the same version and in a higher one.
    [PackageFact]
    public void Does_not_install_what_a_pull_request_brings()
    {
        var workspace = Path.Combine(packages.Folder, "attack");
        var evil = Path.Combine(workspace, "evil");
        Directory.CreateDirectory(Path.Combine(workspace, ".config"));
        Forge(evil, Packages.Version);
        Forge(evil, "99.0.0");
        var configuration = $"""<configuration><packageSources><clear /><add key="evil" value="{evil}" /></packageSources></configuration>""";
        File.WriteAllText(Path.Combine(workspace, "nuget.config"), configuration);
        File.WriteAllText(Path.Combine(workspace, ".config", "dotnet-tools.json"), """{ "version": 1, "isRoot": true, "tools": { "modelgate.tool": { "version": "99.0.0", "commands": [ "modelgate" ] } } }""");
        File.WriteAllText(Path.Combine(workspace, "global.json"), """{ "sdk": { "version": "99.0.0" } }""");
        var runner = new Runner(packages, "attacked", workspace);

        var install = runner.Step("modelgate", "install.sh", ("MODELGATE_SOURCE", packages.Feed), ("MODELGATE_SHA512", Hashes(packages.Feed)));

        install.ExitCode.Should().Be(0, install.Output + install.Error);
        var folder = Path.GetDirectoryName(runner.Outputs["command"])!;
        Directory.EnumerateFiles(folder, "evil.txt", SearchOption.AllDirectories).Should().BeEmpty();
        Directory.EnumerateFiles(folder, "*.nupkg", SearchOption.AllDirectories).Should().OnlyContain(p => Hashes(packages.Feed).Contains(Hash(p), StringComparison.Ordinal));
    }

    [PackageTheory]
    [InlineData("")]
    [InlineData("00")]
    public void Runs_no_package_whose_hash_is_not_known(string known)
    {
        var source = Path.Combine(packages.Folder, "forged" + known);
        Forge(source, Packages.Version);
        var runner = new Runner(packages, "forged" + known, packages.Folder);

        var install = runner.Step("modelgate", "install.sh", ("MODELGATE_SOURCE", source), ("MODELGATE_SHA512", known.Length == 0 ? Hashes(packages.Feed) : known));

        install.ExitCode.Should().Be(2);
        install.Error.Should().Contain("which is not known");
        runner.Outputs.Keys.Should().Equal("problem");
        Directory.EnumerateFiles(runner.Temporary, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    // As the release workflow does it: the packages that were published are downloaded, and the action is pinned to them.
    [PackageFact]
    public void Knows_the_packages_that_a_release_pins_it_to()
    {
        var runner = new Runner(packages, "pinned", packages.Folder);
        var root = Path.Combine(packages.Folder, "pin");
        var action = Path.Combine(root, ".github", "actions", "modelgate");
        var published = Path.Combine(root, "published");
        foreach (var (file, folder) in Directory.GetFiles(Repository.PathOf(".github", "actions", "modelgate")).Select(f => (f, action))
            .Concat([(Repository.PathOf("build", "pin-action.sh"), Path.Combine(root, "build")), (Repository.PathOf("build", "fetch-published.sh"), Path.Combine(root, "build"))]))
        {
            Directory.CreateDirectory(folder);
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        // A gallery as a folder: ID/VERSION/ID.VERSION.nupkg, in lower case.
        var gallery = Path.Combine(root, "gallery");
        var names = Directory.GetFiles(packages.Feed, "ModelGate.Tool*.nupkg").Select(p => Path.GetFileName(p)).ToArray();
        foreach (var name in names)
        {
            var place = Path.Combine(gallery, name[..^$".{Packages.Version}.nupkg".Length].ToLowerInvariant(), Packages.Version);
            Directory.CreateDirectory(place);
            File.Copy(Path.Combine(packages.Feed, name), Path.Combine(place, name.ToLowerInvariant()));
        }

        File.WriteAllLines(Path.Combine(root, "SHA256SUMS"), names.Select(n => $"{new string('0', 64)}  ./{n}"));
        var variables = new Dictionary<string, string>(packages.Variables) { ["FETCH_ATTEMPTS"] = "1" };

        var fetch = Shell.Run("bash", root, variables, Path.Combine(root, "build", "fetch-published.sh"), Packages.Version, "SHA256SUMS", published, $"file://{gallery}");
        fetch.ExitCode.Should().Be(0, fetch.Error);
        Shell.Run("bash", root, packages.Variables, Path.Combine(root, "build", "pin-action.sh"), Packages.Version, "released", published).ExitCode.Should().Be(0);

        var install = runner.StepOf(Path.Combine(action, "install.sh"), ("MODELGATE_SOURCE", packages.Feed));
        install.ExitCode.Should().Be(0, install.Output + install.Error);
        File.ReadLines(Path.Combine(action, "packages.sha512")).Should().HaveCount(names.Length + 1);
    }

    private static string Hashes(string feed) => string.Join(',', Directory.EnumerateFiles(feed, "ModelGate.Tool*.nupkg").Select(Hash));

    private static string Hash(string package) => Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(package)));

    // The real package with one more file, under a version of the attacker's choice.
    private void Forge(string folder, string version)
    {
        Directory.CreateDirectory(folder);
        var package = Path.Combine(folder, $"ModelGate.Tool.{version}.nupkg");
        File.Copy(Path.Combine(packages.Feed, $"ModelGate.Tool.{Packages.Version}.nupkg"), package);
        using var archive = ZipFile.Open(package, ZipArchiveMode.Update);
        var description = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        string text;
        using (var reader = new StreamReader(description.Open()))
        {
            text = reader.ReadToEnd().Replace($"<version>{Packages.Version}</version>", $"<version>{version}</version>", StringComparison.Ordinal);
        }

        var name = description.FullName;
        description.Delete();
        Write(name, text);
        Write("evil.txt", "evil");

        void Write(string entry, string content)
        {
            using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
            writer.Write(content);
        }
    }

    [PackageFact]
    public void Takes_the_gates_of_a_pull_request_from_its_base()
    {
        var workspace = Workspace("pull request");
        Write(workspace, "gate.config.json", "strict");
        var strict = Commit(workspace);
        Write(workspace, "gate.config.json", "loose");
        Commit(workspace);
        var runner = new Runner(packages, "base", workspace);
        runner.Set("MODELGATE_COMMAND", packages.Tool);

        runner.Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", strict)).ExitCode.Should().Be(0);

        File.ReadAllText(Path.Combine(workspace, "gate.config.json")).Should().Be("strict");
        runner.Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", strict), ("MODELGATE_PATH", "elsewhere")).ExitCode.Should().Be(2, "a new configuration is not yet in force");
        runner.Outputs["problem"].Should().Be($"{strict} has no elsewhere/gate.config.json: it comes into force once it is merged");
        runner.Outputs["file"].Should().Be("elsewhere/gate.config.json");
        new Runner(packages, "base by name", workspace).Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", "HEAD")).ExitCode.Should().Be(2);
    }

    [PackageFact]
    public void Takes_what_the_configuration_names_from_the_base_too()
    {
        var workspace = Workspace("pull request with more");
        var written = new Dictionary<string, string>
        {
            ["run/gate.config.json"] = """{ "extends": ["shared/common.json", "gate.waivers.json"], "artifacts": { "output": "*.wav", "baseline": "baselines/*.json", "architecture": "keys.json" }, "gates": { "audio-must-not-clip": {}, "metric-must-not-regress": {} } }""",
            ["run/shared/common.json"] = """{ "extends": "deeper.json" }""",
            ["run/shared/deeper.json"] = """{ "gates": { "audio-must-not-be-silent": {} } }""",
            ["run/gate.waivers.json"] = """{ "waivers": [] }""",
            ["run/baselines/kept.json"] = "base",
            ["run/baselines/gone.json"] = "base",
            ["run/keys.json"] = "base",
            ["run/train.log"] = "base",
        };
        Write(workspace, written);
        var commit = Commit(workspace);

        // The pull request removes one, links another to elsewhere, changes the rest, and adds a baseline of its own.
        File.Delete(Path.Combine(workspace, "run/baselines/gone.json"));
        Directory.Delete(Path.Combine(workspace, "run/shared"), recursive: true);
        Write(workspace, "elsewhere/common.json", "{}");
        Directory.CreateSymbolicLink(Path.Combine(workspace, "run/shared"), "../elsewhere");
        foreach (var name in new[] { "gate.config.json", "gate.waivers.json", "baselines/kept.json", "baselines/loose.json", "keys.json", "train.log" })
        {
            Write(workspace, "run/" + name, "pull request");
        }

        Commit(workspace);
        Write(workspace, "run/baselines/of-the-job.json", "downloaded by the job");
        var runner = new Runner(packages, "base with more", workspace);

        var step = runner.Step("modelgate", "config-from.sh", ("MODELGATE_CONFIG_FROM", commit), ("MODELGATE_PATH", "run"), ("MODELGATE_COMMAND", packages.Tool));

        step.ExitCode.Should().Be(0, step.Output + step.Error);
        foreach (var (name, text) in written.Where(w => w.Key != "run/train.log"))
        {
            File.ReadAllText(Path.Combine(workspace, name)).Should().Be(text, name);
        }

        File.ReadAllText(Path.Combine(workspace, "run/train.log")).Should().Be("pull request", "that is what is judged");
        File.ReadAllText(Path.Combine(workspace, "elsewhere/common.json")).Should().Be("{}");
        new DirectoryInfo(Path.Combine(workspace, "run/shared")).LinkTarget.Should().BeNull();
        Directory.GetFiles(Path.Combine(workspace, "run/baselines")).Select(Path.GetFileName).Should().BeEquivalentTo("kept.json", "gone.json", "of-the-job.json");
    }

    private string Workspace(string name)
    {
        var workspace = Path.Combine(packages.Folder, name);
        Directory.CreateDirectory(workspace);
        Git(workspace, "init", "--quiet");
        return workspace;
    }

    private static void Write(string workspace, Dictionary<string, string> files)
    {
        foreach (var (name, text) in files)
        {
            Write(workspace, name, text);
        }
    }

    private static void Write(string workspace, string name, string text)
    {
        var path = Path.Combine(workspace, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Commit(string workspace)
    {
        Git(workspace, "add", "-A");
        Git(workspace, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "--quiet", "-m", "a");
        return Git(workspace, "rev-parse", "HEAD").Trim();
    }

    private string Git(string workspace, params string[] arguments)
    {
        var git = Shell.Run("git", workspace, packages.Variables, arguments);
        git.ExitCode.Should().Be(0, git.Error);
        return git.Output;
    }

    [PackageTheory]
    [InlineData("modelgate")]
    [InlineData("modelgate-comment")]
    public void Interpolates_nothing_into_a_script(string action)
    {
        var lines = File.ReadAllLines(Runner.Script(action, "action.yml"));

        lines.Where(l => l.Contains("run:", StringComparison.Ordinal)).Should().OnlyContain(l => Regex.IsMatch(l, @"^ +run: bash ""\$ACTION_PATH/[a-z-]+\.sh""$"));
    }
}
