
namespace ModelGate.Package.Tests;

/// <summary>A project in a clean folder that ships a model and references the package.</summary>
internal sealed class GatedProject
{
    private readonly Packages packages;

    public GatedProject(Packages packages, string name, string properties = "", string rest = "", string frameworks = "net10.0")
    {
        this.packages = packages;
        Folder = Path.Combine(packages.Folder, name);
        Directory.CreateDirectory(Path.Combine(Folder, "models"));
        foreach (var checkpoint in Directory.EnumerateFiles(Packages.Sample("lexi"), "G_*.pth"))
        {
            File.Copy(checkpoint, At("models", Path.GetFileName(checkpoint)));
        }

        ShipGoodModel();
        File.Copy(Packages.Sample("lexi-fixed", "train.log"), At("models", "train.log"));
        Configure("{}");
        File.WriteAllText(At("App.cs"), "namespace App { public static class Name { } }\n");
        File.WriteAllText(At("App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <{(frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework")}>{frameworks}</{(frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework")}>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelGate.MSBuild" Version="{Packages.Version}" PrivateAssets="all" />
                <Content Include="models/lexi.pth" CopyToPublishDirectory="PreserveNewest" />
              </ItemGroup>
              {rest}
            </Project>
            """);
        Run("restore").ExitCode.Should().Be(0);
    }

    public string Folder { get; }

    /// <summary>When the last run passed; null where there was none since the last failure.</summary>
    public DateTime? LastPassed => File.Exists(Marker) ? File.GetLastWriteTimeUtc(Marker) : null;

    private string Marker => At("obj", "modelgate", "Debug", "passed");

    public string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void ShipGoodModel() => File.Copy(Packages.Sample("lexi-fixed", "lexi.pth"), At("models", "lexi.pth"), overwrite: true);

    /// <summary>Ships what the first checkpoint holds, and not the last: MG2001.</summary>
    public void ShipBadModel() => File.Copy(Packages.Sample("lexi", "lexi.pth"), At("models", "lexi.pth"), overwrite: true);

    /// <summary>Writes a configuration whose gate stands at line 8, column 5.</summary>
    public void Configure(string options) => File.WriteAllText(At("gate.config.json"), $$"""
        {
          "artifacts": {
            "checkpoints": "models/G_*.pth",
            "model": "models/lexi.pth",
            "log": "models/train.log"
          },
          "gates": {
            "final-checkpoint-must-be-exported": {{options}},
            "loss-must-converge": { "series": "loss_mel" }
          }
        }
        """);

    public Outcome Build(params string[] arguments) => Run(["build", "--no-restore", .. arguments]);

    public Outcome Run(params string[] arguments) => Shell.Run("dotnet", Folder, packages.Variables, arguments);
}
