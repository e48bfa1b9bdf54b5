namespace ModelGate.Package.Tests;

public class BuildPropertiesTests(Packages packages)
{
    [PackageFact]
    public void On_publish_lets_a_build_be_and_publishes_no_bad_model()
    {
        var project = new GatedProject(packages, "publish", "<ModelGateOn>Publish</ModelGateOn>");
        project.ShipBadModel();
        project.Build().ExitCode.Should().Be(0);

        var published = project.Run("publish", "--no-restore", "-c", "Debug", "-o", project.At("out"));

        published.ExitCode.Should().Be(1, published.Output);
        Annotation.Of(published).Should().ContainSingle().Which.Code.Should().Be("MG2001");
        File.Exists(project.At("out", "models", "lexi.pth")).Should().BeFalse();
        project.ShipGoodModel();
        project.Run("publish", "--no-restore", "-c", "Debug", "-o", project.At("out")).ExitCode.Should().Be(0);
        File.Exists(project.At("out", "models", "lexi.pth")).Should().BeTrue();
    }

    [PackageFact]
    public void On_pack_lets_a_build_be_and_packs_no_bad_model()
    {
        var project = new GatedProject(packages, "pack", "<ModelGateOn>Publish; Pack</ModelGateOn>");
        project.ShipBadModel();
        project.Build().ExitCode.Should().Be(0);

        var packed = project.Run("pack", "--no-build", "-c", "Debug", "-o", project.At("out"));

        packed.ExitCode.Should().Be(1, packed.Output);
        Annotation.Of(packed).Should().ContainSingle().Which.Code.Should().Be("MG2001");
        Directory.Exists(project.At("out")).Should().BeFalse();
        project.ShipGoodModel();
        project.Run("pack", "--no-build", "-c", "Debug", "-o", project.At("out")).ExitCode.Should().Be(0);
    }

    [PackageFact]
    public void A_warning_obeys_what_the_compiler_s_warnings_obey()
    {
        var project = new GatedProject(packages, "warnings");
        project.ShipBadModel();
        project.Configure("\"warning\"");

        Levels(0).Should().Equal("warning");
        Levels(0).Should().Equal(["warning"], "it is said again until it is mended");
        Levels(0, "-p:NoWarn=MG2001").Should().BeEmpty();
        Levels(1, "-p:WarningsAsErrors=MG2001").Should().Equal("error");
        Levels(1, "-p:TreatWarningsAsErrors=true").Should().Equal("error");
        Levels(0, "-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=MG2001").Should().Equal("warning");
        project.Configure("{}");
        Levels(1, "-p:NoWarn=MG2001").Should().Equal(["error"], "what the configuration calls an error is silenced there or nowhere");
        Levels(0, "-p:ModelGateSeverity=warning").Should().Equal("warning");

        IEnumerable<string> Levels(int exitCode, params string[] arguments)
        {
            var build = project.Build(arguments);
            build.ExitCode.Should().Be(exitCode, build.Output);
            return Annotation.Of(build).Select(a => a.Severity);
        }
    }

    [PackageFact]
    public void Targets_before_make_the_model_and_targets_after_find_the_reports()
    {
        var project = new GatedProject(
            packages,
            "extended",
            "<ModelGateReports>sarif;junit;markdown</ModelGateReports><ModelGateReportFolder>reports</ModelGateReportFolder><ModelGateDependsOn>MakeModel</ModelGateDependsOn>",
            $"""
            <Target Name="MakeModel">
              <Copy SourceFiles="{Packages.Sample("lexi", "lexi.pth")}" DestinationFiles="models/lexi.pth" />
            </Target>
            <Target Name="Upload" AfterTargets="ModelGate">
              <Message Importance="high" Text="report: %(ModelGateReport.Format) %(ModelGateReport.Identity)" />
            </Target>
            """);

        var build = project.Build();

        build.ExitCode.Should().Be(1, "the target made a bad model");
        File.ReadAllText(project.At("reports", "modelgate.sarif")).Should().Contain("MG2001");
        File.Exists(project.At("reports", "modelgate.junit.xml")).Should().BeTrue();
        File.Exists(project.At("reports", "modelgate.md")).Should().BeTrue();
        build = project.Build("-p:ModelGateSeverity=warning");
        build.Output.Should().Contain($"report: junit {project.At("reports", "modelgate.junit.xml")}");
    }
}
