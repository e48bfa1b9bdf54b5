using ModelGate.Evaluation;
using ModelGate.Faults;

namespace ModelGate.Tests.Evaluation;

public sealed class SiblingFilesTests : IDisposable
{
    private readonly DirectoryInfo cache = Directory.CreateTempSubdirectory("modelgate-cache");

    [Fact]
    public void Are_opened_by_name()
    {
        var folder = Snapshot();
        File.WriteAllBytes(Path.Combine(folder, "a.bin"), new byte[3]);
        using var files = Workspace.Beside(Path.Combine(folder, "index.json"));

        files.Open("a.bin")!.Length.Should().Be(3);
        files.Open("b.bin").Should().BeNull();
    }

    [Theory]
    [InlineData("../blobs/secret")]
    [InlineData("x/../../../blobs/secret")]
    [InlineData("/etc/hostname")]
    public void Are_never_outside_of_its_folder(string name)
    {
        using var files = Workspace.Beside(Path.Combine(Snapshot(), "index.json"));
        var opening = () => files.Open(name);

        opening.Should().Throw<SourceUnavailableException>();
    }

    [Fact]
    public void May_be_links_into_the_cache_of_Hugging_Face_and_nowhere_else()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Snapshot();
        File.WriteAllBytes(Path.Combine(cache.FullName, "models--x", "blobs", "abc"), new byte[5]);
        File.WriteAllBytes(Path.Combine(cache.FullName, "elsewhere"), new byte[7]);
        File.CreateSymbolicLink(Path.Combine(folder, "shard"), "../../blobs/abc");
        File.CreateSymbolicLink(Path.Combine(folder, "stray"), "../../../elsewhere");
        File.CreateSymbolicLink(Path.Combine(folder, "dangling"), "../../blobs/nothing");
        using var files = Workspace.Beside(Path.Combine(folder, "index.json"));
        var straying = () => files.Open("stray");

        files.Open("shard")!.Length.Should().Be(5);
        files.Open("dangling").Should().BeNull();
        straying.Should().Throw<SourceUnavailableException>().WithMessage("*link on the way to it leads out*");
    }

    public void Dispose() => cache.Delete(recursive: true);

    private string Snapshot()
    {
        Directory.CreateDirectory(Path.Combine(cache.FullName, "models--x", "blobs"));
        return Directory.CreateDirectory(Path.Combine(cache.FullName, "models--x", "snapshots", "rev")).FullName;
    }
}
