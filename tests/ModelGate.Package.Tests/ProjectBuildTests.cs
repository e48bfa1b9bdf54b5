using System.Diagnostics;

namespace ModelGate.Package.Tests;

public class ProjectBuildTests(Packages packages)
{
    [PackageFact]
    public void Passes_fails_at_the_line_of_the_gate_fails_again_and_passes_once_it_is_mended()
    {
        // Blanks, and letters beyond ASCII.
        var project = new GatedProject(packages, "zwei Wörter (neu)");
        var passed = project.Build();
        passed.ExitCode.Should().Be(0, passed.Output);
        passed.Output.Should().Contain("0 Warning(s)").And.NotContain("MG");
        project.LastPassed.Should().NotBeNull();

        project.ShipBadModel();
        var failed = project.Build();
        var again = project.Build();

        foreach (var build in (Outcome[])[failed, again])
        {
            build.ExitCode.Should().Be(1, build.Output);
            var annotation = Annotation.Of(build).Should().ContainSingle().Subject;
            annotation.Should().BeEquivalentTo(new { File = project.At("gate.config.json"), Line = 8, Column = 5, Severity = "error", Code = "MG2001" });
            annotation.Message.Should().StartWith("models/lexi.pth was exported from G_396.pth, step 396, epoch 22; the final one is G_2376.pth");
            project.LastPassed.Should().BeNull();
        }

        project.Build("--tl:on").Output.Should().MatchRegex(@"\]8;;file://[^ ]*/docs/gates/MG2001\.md", "a terminal makes a link of the code");
        project.ShipGoodModel();
        project.Build().ExitCode.Should().Be(0);
    }

    [PackageFact]
    public void Is_told_what_its_findings_come_from_once_and_before_the_fix()
    {
        var log = Path.Combine(packages.Folder, "causes.tsv");

        Shell.Run(packages.Tool, Repository.Root, packages.Variables, "check", "samples/lexi", "--build-log", log).ExitCode.Should().Be(1);

        var errors = File.ReadAllLines(log).Where(l => l.StartsWith("error\t", StringComparison.Ordinal)).Select(l => l.Split('\t')[^1]).ToArray();
        errors.Should().HaveCount(3);
        errors.Where(e => e.Contains(". Cause: ", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().MatchRegex(@"\. Cause: spectral flatness .*\. Fix: Export the model again");
        errors.Should().OnlyContain(e => e.Contains(". Fix: ", StringComparison.Ordinal));
    }

    [PackageFact]
    public void Runs_again_when_an_input_came_went_or_changed_and_only_then()
    {
        var project = new GatedProject(packages, "incremental", "<ModelGateReports>json</ModelGateReports>");
        project.Build().ExitCode.Should().Be(0);

        RunsAgainAfter(() => { }).Should().BeFalse("nothing changed");
        RunsAgainAfter(() => File.SetLastWriteTimeUtc(project.At("models", "G_396.pth"), DateTime.UtcNow)).Should().BeTrue("a checkpoint was written");
        RunsAgainAfter(() => File.SetLastWriteTimeUtc(project.At("models", "G_396.pth"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc))).Should().BeTrue("an older checkpoint took its place");
        RunsAgainAfter(() => File.Delete(project.At("models", "G_396.pth"))).Should().BeTrue("a checkpoint went");
        RunsAgainAfter(() => File.SetLastWriteTimeUtc(project.At("models", "train.log"), DateTime.UtcNow)).Should().BeTrue("the log was written");
        RunsAgainAfter(() => project.Configure("{ \"policy\": \"final\" }")).Should().BeTrue("the configuration changed");
        RunsAgainAfter(() => File.Delete(project.At("obj", "modelgate", "Debug", "modelgate.json"))).Should().BeTrue("a report is missing");
        RunsAgainAfter(() => { }).Should().BeFalse("nothing changed");

        // What MSBuild reads as markup: an escape, the separator of a list, an item, a property.
        const string Odd = "a%3Bb;c @(X) $(Y).pth";
        File.Move(project.At("models", "lexi.pth"), project.At("models", Odd));
        File.WriteAllText(project.At("gate.config.json"), File.ReadAllText(project.At("gate.config.json")).Replace("lexi.pth", Odd, StringComparison.Ordinal));
        RunsAgainAfter(() => { }).Should().BeTrue("the configuration changed");
        RunsAgainAfter(() => { }).Should().BeFalse("nothing changed");
        RunsAgainAfter(() => File.SetLastWriteTimeUtc(project.At("models", Odd), DateTime.UtcNow)).Should().BeTrue("the model was written");

        // A later checkpoint, written long ago: only the list of files tells.
        var late = project.At("models", "G_4000.pth");
        File.Copy(Packages.Sample("lexi", "G_792.pth"), late);
        File.SetLastWriteTimeUtc(late, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        project.Build().ExitCode.Should().Be(1, "the model is no longer that of the last checkpoint");

        bool RunsAgainAfter(Action change)
        {
            var before = project.LastPassed;
            change();
            var build = project.Build();
            build.ExitCode.Should().Be(0, build.Output);
            return project.LastPassed != before;
        }
    }

    [PackageFact]
    public void For_several_frameworks_judges_once_and_says_it_once()
    {
        var project = new GatedProject(packages, "several", frameworks: "net10.0;netstandard2.0");
        project.ShipBadModel();

        var build = project.Build("-v:n");

        build.ExitCode.Should().Be(1);
        Annotation.Of(build).Should().ContainSingle().Which.Code.Should().Be("MG2001");
        build.Output.Should().NotContain("::TargetFramework=net10.0]\n" + project.At("gate.config.json"));
        project.Configure("\"warning\"");
        var silenced = project.Build("-p:NoWarn=MG2001");
        silenced.ExitCode.Should().Be(0, silenced.Output);
        silenced.Output.Should().NotContain("MG2001");
        Annotation.Of(project.Build("-p:WarningsAsErrors=MG2001")).Should().ContainSingle().Which.Severity.Should().Be("error");
    }

    [PackageFact]
    public void Multithreaded_says_the_same()
    {
        var project = new GatedProject(packages, "threads");
        project.ShipBadModel();

        var build = project.Build("-mt");

        build.ExitCode.Should().Be(1, build.Output);
        Annotation.Of(build).Should().ContainSingle().Which.Code.Should().Be("MG2001");
        project.ShipGoodModel();
        project.Build("-mt").ExitCode.Should().Be(0);
    }

    [PackageFact]
    public void Beside_another_keeps_to_itself()
    {
        var good = new GatedProject(packages, "beside/good");
        var bad = new GatedProject(packages, "beside/bad");
        bad.ShipBadModel();
        var both = Path.Combine(packages.Folder, "beside", "both.proj");
        File.WriteAllText(both, """
            <Project>
              <Target Name="Build">
                <MSBuild Projects="good/App.csproj;bad/App.csproj" BuildInParallel="true" ContinueOnError="ErrorAndContinue" />
              </Target>
            </Project>
            """);

        var build = Shell.Run("dotnet", Path.GetDirectoryName(both)!, packages.Variables, "msbuild", both, "-m:2", "-nr:false", "-nologo");

        build.ExitCode.Should().Be(1, build.Output);
        Annotation.Of(build).Should().ContainSingle().Which.File.Should().Be(bad.At("gate.config.json"));
        good.LastPassed.Should().NotBeNull();
        bad.LastPassed.Should().BeNull();
    }

    [PackageFact]
    public void In_an_editor_judges_nothing()
    {
        var project = new GatedProject(packages, "editor");

        project.Build("-p:DesignTimeBuild=true").ExitCode.Should().Be(0);
        project.LastPassed.Should().BeNull();
        project.Build("-p:ModelGateEnabled=false").ExitCode.Should().Be(0);
        project.LastPassed.Should().BeNull();
    }

    [PackageFact]
    public void Says_in_one_line_what_is_wrong_with_its_own_settings()
    {
        var project = new GatedProject(packages, "settings");

        Says("MG0006", "-p:ModelGateOn=Pulish").Should().Contain("it is Build, Publish or Pack");
        // MSBuild itself takes yes and on for true.
        project.Build("-p:ModelGateEnabled=yes").ExitCode.Should().Be(0);
        project.LastPassed.Should().NotBeNull();
        foreach (var word in (string[])["1", "maybe", "tru"])
        {
            Says("MG0006", $"-p:ModelGateEnabled={word}").Should().Contain($"ModelGateEnabled is \"{word}\"; it is true or false");
        }

        Says("MG0006", "-p:ModelGateSeverity=fatal").Should().Contain("it is error or warning");
        Says("MG0006", "-p:ModelGateAllow=torchscript%3Beverything").Should().Contain("it is commands, assemblies or torchscript");
        Says("MG0005", "-p:_ModelGateMSBuildVersion=16.11.2").Should().Contain("ModelGate needs MSBuild 17 or later, and this one is 16.11.2");
        Says("MG0003", "-p:ModelGateConfig=none.json").Should().Contain("there is no ");
        Says("MG0004", "-p:ModelGateDotNet=no-such-host").Should().Contain("ModelGate needs .NET 10 or later");
        File.WriteAllText(project.At("gate.config.json"), "{\n  \"gates\": { \"final-checkpoint-must-be-exporte\": {} }\n}\n");
        Says("MG0001").Should().Contain("gate.config.json(2,14): error MG0001").And.Contain("final-checkpoint-must-be-exported");
        project.Configure("{}");
        Says("MG0002", "-p:ModelGateReports=word").Should().Contain("there is no report format");

        string Says(string code, params string[] arguments)
        {
            var build = project.Build(arguments);
            build.ExitCode.Should().Be(1, build.Output);
            build.Output.Should().Contain("1 Error(s)");
            return build.Output.Split('\n').FirstOrDefault(l => l.Contains($": error {code}: ", StringComparison.Ordinal)) ?? build.Output;
        }
    }

    [PackageFact]
    public void That_is_cancelled_ends_the_tool()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Ctrl-C is sent to one process as Linux does it");
            return;
        }

        var project = new GatedProject(packages, "cancelled");
        var host = project.At("host.sh");
        File.WriteAllText(host, $"#!/bin/sh\necho $$ > '{project.At("pid")}'\nexec sleep 100\n");
        File.SetUnixFileMode(host, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // A test run in the background ignores the signal, and so would what it starts.
        using var build = Shell.Start("env", project.Folder, packages.Variables, "--default-signal=INT", "dotnet", "build", "--no-restore", $"-p:ModelGateDotNet={host}");
        var id = WaitForId(project.At("pid"));

        Shell.Run("kill", project.Folder, packages.Variables, "-INT", build.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

        build.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        build.ExitCode.Should().NotBe(0);
        project.LastPassed.Should().BeNull();
        var search = () => Process.GetProcessById(id);
        search.Should().Throw<ArgumentException>("the child was ended");
    }

    private static int WaitForId(string file)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (File.Exists(file) && int.TryParse(File.ReadAllText(file), out var id))
            {
                return id;
            }

            Thread.Sleep(100);
        }

        throw new TimeoutException("the host was not started");
    }
}
