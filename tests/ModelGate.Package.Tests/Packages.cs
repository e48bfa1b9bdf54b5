using System.Reflection;

[assembly: AssemblyFixture(typeof(ModelGate.Package.Tests.Packages))]

namespace ModelGate.Package.Tests;

/// <summary>The packages, packed once from what was built, and a NuGet cache that only these tests use.</summary>
public sealed class Packages : IDisposable
{
    public const string Version = "0.1.0";

    private readonly Lazy<string> tool;

    public Packages()
    {
        var configuration = typeof(Packages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;
        foreach (var project in SlowTests.AreWanted ? (string[])["ModelGate.Tool", "ModelGate.MSBuild"] : [])
        {
            var packed = Shell.Run("dotnet", Repository.Root, NoVariables, "pack", Path.Combine("src", project), "--no-build", "-c", configuration, "-o", Feed);
            packed.ExitCode.Should().Be(0, packed.Output);
        }

        // What a project needs besides comes from the packages that this repository's own restore has brought.
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Feed}" />
                <add key="machine" value="{machine}" />
              </packageSources>
            </configuration>
            """);
        Variables = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(Folder, "cache") };
        tool = new Lazy<string>(InstallTool);
    }

    /// <summary>Where the projects of the tests lie.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("modelgate-").FullName;

    /// <summary>The tool, installed once from its package.</summary>
    public string Tool => tool.Value;

    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>The environment in which everything is restored and built.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    private static Dictionary<string, string> NoVariables => [];

    public static string Sample(params string[] parts) => Repository.PathOf(["samples", .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A compiler that still runs may hold a file; the folder is the system's to clear.
        }
    }

    private string InstallTool()
    {
        var folder = Path.Combine(Folder, "tool path");
        var installed = Shell.Run("dotnet", Folder, Variables, "tool", "install", "ModelGate.Tool", "--version", Version, "--tool-path", folder);
        installed.ExitCode.Should().Be(0, installed.Output + installed.Error);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "modelgate.exe" : "modelgate");
    }
}
