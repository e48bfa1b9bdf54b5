using System.Text.RegularExpressions;

namespace ModelGate.Tool.Tests;

/// <summary>What people read, as files under Approved: one place where sentences are asserted, and a diff that a reviewer reads as a user would.</summary>
/// <remarks>Set MODELGATE_APPROVE=1 to write the files anew after a change of words, and read the diff before you commit it.</remarks>
public partial class ApprovedOutputTests
{
    private static readonly bool Approve = Environment.GetEnvironmentVariable("MODELGATE_APPROVE") == "1";

    [Theory]
    [InlineData("lexi.txt", 1, "check samples/lexi")]
    [InlineData("lexi.md", 1, "check samples/lexi --format markdown")]
    [InlineData("lexi.github.txt", 1, "check samples/lexi --format github")]
    [InlineData("lexi.azure.txt", 1, "check samples/lexi --format azure")]
    [InlineData("lexi.junit.xml", 1, "check samples/lexi --format junit")]
    [InlineData("lexi.gitlab.json", 1, "check samples/lexi --format gitlab")]
    [InlineData("lexi-fixed.txt", 0, "check samples/lexi-fixed")]
    [InlineData("lexi-fixed.md", 0, "check samples/lexi-fixed --format markdown")]
    [InlineData("grc.txt", 1, "check samples/grc")]
    [InlineData("several.txt", 1, "check samples/lexi samples/lexi-fixed samples/grc --gate MG1001 --gate MG2001 --gate MG4001")]
    [InlineData("inspect.checkpoint.txt", 0, "inspect samples/lexi/G_2376.pth")]
    [InlineData("inspect.stats.txt", 0, "inspect samples/grc/best_model.pth --stats")]
    [InlineData("inspect.audio.txt", 0, "inspect samples/lexi/audio/lexi_converted.wav")]
    [InlineData("inspect.log.txt", 0, "inspect samples/lexi/train.log")]
    [InlineData("measure.txt", 0, "measure samples/lexi/lexi.pth samples/lexi/audio/lexi_converted.wav")]
    [InlineData("diff.txt", 1, "diff samples/lexi/G_396.pth samples/lexi/G_2376.pth")]
    [InlineData("diff.equal.txt", 0, "diff samples/lexi/lexi.pth samples/lexi/lexi.pth")]
    [InlineData("explain.gate.txt", 0, "explain MG2001")]
    [InlineData("explain.signal.txt", 0, "explain occupied-band-flatness")]
    [InlineData("help.txt", 0, "--help")]
    [InlineData("help.check.txt", 0, "check --help")]
    public void Reads_as_approved(string file, int exitCode, string command)
    {
        var result = Tool.Run([.. command.Split(' ').Select(a => a.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(a.Split('/')) : a)]);

        result.Error.Should().NotContain("   at ");
        result.ExitCode.Should().Be(exitCode, result.Error);
        var found = Neutral(result.Output);
        var path = Repository.PathOf("tests", "ModelGate.Tool.Tests", "Approved", file);
        if (Approve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, found);
        }

        found.Should().Be(File.ReadAllText(path), $"of Approved/{file}; MODELGATE_APPROVE=1 writes it anew");
    }

    // The version, the name of this program, the number of processors, where the clone is, and from where it is seen.
    private static string Neutral(string output)
        => Machine().Replace(Version().Replace(output, "ModelGate 0.0.0"), "$1").Replace("ModelGate.Tool.Tests ", "modelgate ", StringComparison.Ordinal)
            .Replace(Path.GetRelativePath(Environment.CurrentDirectory, Repository.Root).Replace('\\', '/') + "/", "", StringComparison.Ordinal)
            .Replace(Repository.Root.Replace('\\', '/') + "/", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(processors [^\n]*?) \[default: \d+\]")]
    private static partial Regex Machine();

    [GeneratedRegex(@"ModelGate \d+\.\d+\.\d+[-+.\w]*")]
    private static partial Regex Version();
}
