namespace ModelGate.Package.Tests.Actions;

/// <summary>Before a release can be downloaded, the action builds the tool from the repository that it was taken from. The checkout that it judges may be an attacker's.</summary>
public class SourceBuildTests(Packages packages)
{
    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    // The temporary folder lies in the checkout, so that all that is looked for in the folders above is the attacker's; and so is the home folder.
    [PackageFact]
    public void Builds_the_tool_with_nothing_of_the_checkout()
    {
        var workspace = Path.Combine(packages.Folder, "hostile checkout");
        var trap = Path.Combine(packages.Folder, "sprung");
        var home = Path.Combine(workspace, "home");
        Write("global.json", """{ "sdk": { "version": "99.0.0" } }""");
        Write(".config/dotnet-tools.json", """{ "version": 1, "isRoot": true, "tools": { "modelgate.tool": { "version": "99.0.0", "commands": [ "modelgate" ] } } }""");
        Write("nuget.config", """<configuration><packageSources><clear /><add key="evil" value="evil" /></packageSources></configuration>""");
        Write("home/.nuget/NuGet/NuGet.Config", """<configuration><packageSources><clear /><add key="evil" value="evil" /></packageSources></configuration>""");
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Directory.Solution.props", "Custom.props",
            "home/.local/share/Microsoft/MSBuild/Current/Microsoft.Common.targets/ImportBefore/evil.targets"])
        {
            Write(name, $"""
                <Project>
                  <Target Name="Evil{name.Length}" BeforeTargets="Restore;_GenerateRestoreGraph;BeforeBuild;CoreCompile;Publish"><WriteLinesToFile File="{trap}" Lines="{name}" /></Target>
                </Project>
                """);
        }

        Write("Directory.Build.rsp", $"-p:CustomBeforeMicrosoftCommonTargets={workspace}/Custom.props");
        Write("MSBuild.rsp", $"-p:CustomBeforeMicrosoftCommonTargets={workspace}/Custom.props");
        Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.CS8019.severity = error\n");
        var runner = new Runner(packages, "hostile checkout", workspace, Path.Combine(workspace, "runner"));

        var install = runner.StepOf(
            Path.Combine(Fetched("hostile"), ".github", "actions", "modelgate", "install.sh"),
            ("MODELGATE_SOURCE", MachinePackages),
            ("HOME", home),
            ("DOTNET_CLI_HOME", home),
            ("CustomBeforeMicrosoftCommonTargets", Path.Combine(workspace, "Custom.props")),
            ("DirectoryBuildPropsPath", Path.Combine(workspace, "Custom.props")),
            ("RestoreSources", Path.Combine(workspace, "evil")),
            ("RestoreConfigFile", Path.Combine(workspace, "nuget.config")));

        install.ExitCode.Should().Be(0, install.Output + install.Error);
        File.Exists(trap).Should().BeFalse();
        var tool = runner.Outputs["command"];
        Shell.Run(tool, Repository.Root, packages.Variables, "check", "samples/lexi").ExitCode.Should().Be(1);
        Directory.EnumerateDirectories(runner.Temporary).Should().ContainSingle("what it was built from is gone");
        File.Exists(Path.Combine(Path.GetDirectoryName(tool)!, "modelgate.dll")).Should().BeTrue("it needs no compiler, so it is portable");

        void Write(string name, string text)
        {
            var path = Path.Combine(workspace, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    [PackageFact]
    public void Builds_with_no_package_that_is_not_the_one_of_the_lock_file()
    {
        var root = Fetched("another package");
        var path = Path.Combine(root, "src", "ModelGate.Tool", "packages.lock.json");
        var text = File.ReadAllText(path);
        var hash = text[(text.IndexOf("\"contentHash\": \"", StringComparison.Ordinal) + 16)..][..88];
        File.WriteAllText(path, text.Replace(hash, new string('A', 86) + "==", StringComparison.Ordinal));
        var runner = new Runner(packages, "another package", packages.Folder);

        var install = runner.StepOf(Path.Combine(root, ".github", "actions", "modelgate", "install.sh"), ("MODELGATE_SOURCE", MachinePackages));

        install.ExitCode.Should().NotBe(0);
        (install.Output + install.Error).Should().Contain("NU1403");
        runner.Outputs.Keys.Should().Equal("problem");
        Directory.EnumerateFiles(runner.Temporary, "modelgate*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    // A copy of the action's folder alone has no source beside it.
    [PackageFact]
    public void A_copy_without_its_source_fetches_it_by_its_hash_or_says_what_to_do()
    {
        var action = Path.Combine(packages.Folder, "copied alone", "a", "b", "modelgate");
        Copy(Repository.PathOf(".github", "actions", "modelgate"), action);
        var server = Path.Combine(packages.Folder, "server");
        var source = Path.Combine(server, "owner", "modelgate");
        Directory.CreateDirectory(Path.Combine(source, "build"));
        File.WriteAllText(Path.Combine(source, "build", "tool.sh"), "mkdir -p \"$1\"\nprintf '#!/bin/sh\\necho fetched\\n' > \"$1/modelgate\"\nchmod +x \"$1/modelgate\"\n");
        Git("init", "--quiet");
        Git("add", "-A");
        Git("-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "--quiet", "-m", "a");
        Git("config", "uploadpack.allowAnySHA1InWant", "true");
        var commit = Git("rev-parse", "HEAD").Trim();
        var install = Path.Combine(action, "install.sh");

        var alone = new Runner(packages, "alone", packages.Folder);
        alone.StepOf(install).ExitCode.Should().Be(2);
        alone.Outputs["problem"].Should().Contain("use it as OWNER/REPOSITORY/.github/actions/modelgate@HASH, or give the input from");

        var fetching = new Runner(packages, "fetching", packages.Folder);
        var outcome = fetching.StepOf(install, ("MODELGATE_FROM", $"owner/modelgate@{commit}"), ("GITHUB_SERVER_URL", $"file://{server}"));
        outcome.ExitCode.Should().Be(0, outcome.Error);
        Shell.Run(fetching.Outputs["command"], packages.Folder, packages.Variables).Output.Should().Be("fetched\n");

        foreach (var from in (string[])["owner/modelgate@main", "owner/modelgate", $"owner/modelgate@{new string('0', 40)}", $"../x@{commit}", $"--upload-pack=x/y@{commit}"])
        {
            var refused = new Runner(packages, "refused " + from.Length, packages.Folder);
            refused.StepOf(install, ("MODELGATE_FROM", from), ("GITHUB_SERVER_URL", $"file://{server}")).ExitCode.Should().Be(2, from);
            refused.Outputs.Keys.Should().Equal("problem");
        }

        string Git(params string[] arguments)
        {
            var git = Shell.Run("git", source, packages.Variables, arguments);
            git.ExitCode.Should().Be(0, git.Error);
            return git.Output;
        }
    }

    // The hash of a release's packages is known once the release is there: then nothing is built any more.
    [PackageFact]
    public void Prefers_the_packages_of_the_release_that_it_knows()
    {
        var (root, action, server) = Pinned("released");
        var runner = new Runner(packages, "released", packages.Folder);

        var install = runner.StepOf(Path.Combine(action, "install.sh"), ("GITHUB_SERVER_URL", $"file://{server}"));

        install.ExitCode.Should().Be(0, install.Output + install.Error);
        install.Output.Should().NotContain("built from its source");
        Shell.Run(runner.Outputs["command"], Repository.Root, packages.Variables, "explain").Output.Should().Contain("MG2001");
        Directory.Exists(root).Should().BeTrue();
    }

    [PackageFact]
    public void Runs_no_package_of_the_release_that_was_changed()
    {
        var (_, action, server) = Pinned("changed");
        var package = Directory.EnumerateFiles(server, $"ModelGate.Tool.{Packages.Version}.nupkg", SearchOption.AllDirectories).Single();
        File.AppendAllText(package, "x");
        var runner = new Runner(packages, "changed", packages.Folder);

        runner.StepOf(Path.Combine(action, "install.sh"), ("GITHUB_SERVER_URL", $"file://{server}")).ExitCode.Should().Be(2);

        runner.Outputs["problem"].Should().Contain("which is not known: it is not run");
        runner.Outputs.Should().NotContainKey("command");
    }

    private (string Root, string Action, string Server) Pinned(string name)
    {
        var root = Fetched(name);
        var server = Path.Combine(packages.Folder, name + "-server");
        var release = Path.Combine(server, "owner", "modelgate", "releases", "download", "v" + Packages.Version);
        Directory.CreateDirectory(release);
        foreach (var package in Directory.EnumerateFiles(packages.Feed, "ModelGate.Tool*.nupkg"))
        {
            File.Copy(package, Path.Combine(release, Path.GetFileName(package)));
        }

        var pin = Shell.Run("bash", root, packages.Variables, Path.Combine(root, "build", "pin-action.sh"), Packages.Version, release, "not published");
        pin.ExitCode.Should().Be(0, pin.Error);
        return (root, Path.Combine(root, ".github", "actions", "modelgate"), server);
    }

    /// <summary>The repository as the runner fetches it for `uses: owner/modelgate/.github/actions/modelgate@v1`, without what builds have left.</summary>
    private string Fetched(string name)
    {
        var root = Path.Combine(packages.Folder, "work " + name, "_actions", "owner", "modelgate", "v1");
        foreach (var part in (string[])["src", "docs/gates", "build", ".github/actions/modelgate"])
        {
            Copy(Repository.PathOf(part.Split('/')), Path.Combine(root, part));
        }

        foreach (var file in (string[])["README.md", "Directory.Build.props", "Directory.Packages.props", "global.json"])
        {
            File.Copy(Repository.PathOf(file), Path.Combine(root, file));
        }

        return root;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f[from.Length..].Split('/', '\\').Intersect(["bin", "obj"]).Any()))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
