using System.IO.Compression;
using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests;

public partial class PackageReadmeTests(Packages packages)
{
    private const string Home = "https://github.com/OWNER/REPOSITORY";

    private static readonly string Configuration = new FileInfo(typeof(PackageReadmeTests).Assembly.Location).Directory!.Parent!.Name;

    [PackageTheory]
    [InlineData("ModelGate.Tool", "README.md", "")]
    [InlineData("ModelGate.MSBuild", "msbuild.md", "docs")]
    public void Leads_to_the_repository_by_whole_addresses(string project, string readme, string folder)
    {
        var output = Path.Combine(packages.Folder, $"readme {project}");
        var packed = Shell.Run("dotnet", Repository.Root, packages.Variables.Where(v => v.Key != "NUGET_PACKAGES").ToDictionary(), "pack", Path.Combine("src", project), "--no-build", "-c", Configuration, "-o", output, $"-p:RepositoryUrl={Home}");
        packed.ExitCode.Should().Be(0, packed.Output);

        var targets = Links().Matches(ReadmeIn(output, project, readme)).Select(m => m.Groups[1].Value).Where(t => t.StartsWith(Home, StringComparison.Ordinal)).ToArray();

        targets.Should().NotBeEmpty();
        foreach (var target in targets)
        {
            var path = target[Home.Length..].Split('#')[0];
            path.Should().MatchRegex($"^/(blob|raw)/v{Regex.Escape(Packages.Version)}/{folder}");
            Path.Exists(Path.Combine(Repository.Root, string.Join('/', path.Split('/').Skip(3)))).Should().BeTrue(target);
        }
    }

    [PackageTheory]
    [InlineData("ModelGate.Tool", "README.md")]
    [InlineData("ModelGate.MSBuild", "msbuild.md")]
    public void Has_no_link_or_picture_that_leads_nowhere(string project, string readme)
        => Links().Matches(ReadmeIn(packages.Feed, project, readme)).Select(m => m.Groups[1].Value).Where(t => !t.StartsWith("https://", StringComparison.Ordinal) && t[0] != '#').Should().BeEmpty();

    private static string ReadmeIn(string folder, string project, string readme)
    {
        using var package = ZipFile.OpenRead(Path.Combine(folder, $"{project}.{Packages.Version}.nupkg"));
        package.Entries.Count(e => e.FullName == readme).Should().Be(1);
        using var text = new StreamReader(package.GetEntry(readme)!.Open());
        return text.ReadToEnd();
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
