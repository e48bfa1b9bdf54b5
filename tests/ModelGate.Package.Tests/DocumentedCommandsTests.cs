using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests;

public partial class DocumentedCommandsTests
{
    private static readonly string Source = string.Concat(
        Directory.EnumerateFiles(Repository.PathOf("src", "ModelGate.MSBuild"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("obj", StringComparison.Ordinal) && !f.Contains("bin", StringComparison.Ordinal) && Path.GetExtension(f) is ".cs" or ".props" or ".targets")
            .Append(Repository.PathOf("src", "ModelGate.Tool", "BuildLog.cs"))
            .Select(File.ReadAllText));

    [PackageFact]
    public void Names_every_code_of_the_build_and_no_other()
        => Codes().Matches(Page("troubleshooting.md")).Select(m => m.Value).Distinct()
            .Should().BeEquivalentTo(Codes().Matches(Source).Select(m => m.Value).Distinct());

    [PackageFact]
    public void Names_every_property_and_item_of_the_build_and_no_other()
        => Rows().Matches(Page("msbuild.md")).Select(m => m.Groups[1].Value)
            .Should().BeEquivalentTo(Properties().Matches(Source).Select(m => m.Groups[1].Value).Distinct());

    [PackageFact]
    public void Leads_to_files_that_exist()
    {
        foreach (var page in Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Append(Packages.Sample("shipped-model", "README.md")))
        {
            foreach (var link in Links().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value.Split('#')[0]).Where(l => l.Length > 0 && !l.Contains(':', StringComparison.Ordinal)))
            {
                Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)).Should().BeTrue($"{Path.GetFileName(page)} leads to {link}");
            }
        }
    }

    private static string Page(string name) => File.ReadAllText(Repository.PathOf("docs", name));

    [GeneratedRegex("MG0[0-9]{3}")]
    private static partial Regex Codes();

    [GeneratedRegex(@"^\| (ModelGate[A-Za-z]*) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"(?:\$|@)\((ModelGate[A-Za-z]+)")]
    private static partial Regex Properties();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
