namespace ModelGate.Package.Tests;

/// <summary>Every way by which a model leaves a project, with a model that must not and the package's own defaults.</summary>
public class ShippingPathsTests(Packages packages)
{
    [PackageFact]
    public void Of_a_project_for_one_framework_are_all_judged()
    {
        var project = new GatedProject(packages, "ways of one");
        project.Build("-p:ModelGateEnabled=false").ExitCode.Should().Be(0);
        project.ShipBadModel();

        IsStopped(project, "build", "--no-restore");
        IsStopped(project, "build", "--no-restore", "-t:Rebuild");
        IsStopped(project, "build", "--no-restore", "-graph");
        IsStopped(project, "msbuild", "-t:Build");
        IsStopped(project, "publish", "--no-restore", "-c", "Debug", "-o", project.At("out"));
        IsStopped(project, "publish", "--no-build", "-c", "Debug", "-o", project.At("out"));
        IsStopped(project, "pack", "--no-restore", "-c", "Debug", "-o", project.At("out"));
        IsStopped(project, "pack", "--no-build", "-c", "Debug", "-o", project.At("out"));
        Directory.Exists(project.At("out")).Should().BeFalse("nothing left");
    }

    [PackageFact]
    public void Of_a_project_for_several_frameworks_are_all_judged_and_say_it_once()
    {
        var project = new GatedProject(packages, "ways of several", frameworks: "net10.0;netstandard2.0");
        project.Build("-p:ModelGateEnabled=false").ExitCode.Should().Be(0);
        project.ShipBadModel();

        IsStopped(project, "build", "--no-restore");
        IsStopped(project, "build", "--no-restore", "-f", "net10.0");
        IsStopped(project, "build", "--no-restore", "-f", "netstandard2.0");
        IsStopped(project, "build", "--no-restore", "-graph");
        IsStopped(project, "publish", "--no-restore", "-c", "Debug", "-f", "net10.0", "-o", project.At("out"));
        IsStopped(project, "publish", "--no-build", "-c", "Debug", "-f", "netstandard2.0", "-o", project.At("out"));
        IsStopped(project, "pack", "--no-restore", "-c", "Debug", "-o", project.At("out"));
        IsStopped(project, "pack", "--no-build", "-c", "Debug", "-o", project.At("out"));
        IsStopped(project, "pack", "--no-build", "-c", "Debug", "-p:TargetFramework=net10.0", "-o", project.At("out"));
        Directory.Exists(project.At("out")).Should().BeFalse("nothing left");

        project.ShipGoodModel();
        var passed = project.Run("publish", "--no-restore", "-c", "Debug", "-f", "net10.0", "-o", project.At("out"));
        passed.ExitCode.Should().Be(0, passed.Output);
        File.Exists(project.At("out", "models", "lexi.pth")).Should().BeTrue();
    }

    [PackageFact]
    public void Through_a_project_that_references_it_are_judged()
    {
        var project = new GatedProject(packages, "referenced/model", frameworks: "net10.0;netstandard2.0");
        project.ShipBadModel();
        var app = Path.Combine(packages.Folder, "referenced", "App");
        Directory.CreateDirectory(app);
        File.WriteAllText(Path.Combine(app, "Main.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../model/App.csproj" />
              </ItemGroup>
            </Project>
            """);

        var build = Shell.Run("dotnet", app, packages.Variables, "build");

        build.ExitCode.Should().Be(1, build.Output);
        Annotation.Of(build).Should().ContainSingle().Which.Code.Should().Be("MG2001");
    }

    private static void IsStopped(GatedProject project, params string[] arguments)
    {
        var outcome = project.Run(arguments);
        var command = string.Join(" ", arguments);
        outcome.ExitCode.Should().Be(1, $"{command} must not ship it: {outcome.Output}");
        Annotation.Of(outcome).Should().ContainSingle($"{command} says it once: {outcome.Output}").Which.Code.Should().Be("MG2001");
        project.LastPassed.Should().BeNull();
    }
}
