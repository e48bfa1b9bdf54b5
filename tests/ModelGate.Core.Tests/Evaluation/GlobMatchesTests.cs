using ModelGate.Evaluation;

namespace ModelGate.Tests.Evaluation;

public sealed class GlobMatchesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public GlobMatchesTests()
    {
        Directory.CreateDirectory(At("run/.git-not"));
        Directory.CreateDirectory(At("run/deep/er"));
        Directory.CreateDirectory(At("outside"));
        Directory.CreateDirectory(At("run/.git"));
        foreach (var name in new[] { "run/G_1.pth", "run/G_10.pth", "run/g_2.pth", "run/deep/a.wav", "run/deep/er/b.wav", "outside/secret.txt" })
        {
            File.WriteAllText(At(name), "x");
        }
    }

    [Theory]
    [InlineData("G_*.pth", "G_1.pth,G_10.pth")]
    [InlineData("*.pth", "G_1.pth,G_10.pth,g_2.pth")]
    [InlineData("./G_1.pth", "G_1.pth")]
    [InlineData("deep/*.wav", "deep/a.wav")]
    [InlineData("**/*.wav", "deep/a.wav,deep/er/b.wav")]
    [InlineData("deep/**/*.wav", "deep/a.wav,deep/er/b.wav")]
    [InlineData("*/*/*.wav", "deep/er/b.wav")]
    [InlineData("deep\\*.wav", "deep/a.wav")]
    [InlineData("nothing/*.pth", "")]
    [InlineData("G_3.pth", "")]
    public void Finds_what_it_says_in_the_order_of_names(string pattern, string expected)
        => string.Join(',', GlobMatches.Of(Workspace.Of(At("run")), pattern)).Should().Be(expected);

    [Theory]
    [InlineData("../outside/*")]
    [InlineData("../outside/secret.txt")]
    [InlineData("deep/../../outside/*")]
    [InlineData("deep/*/../../../outside/*")]
    public void Never_leaves_the_repository(string pattern)
        => FluentActions.Invoking(() => GlobMatches.Of(Workspace.Of(At("run")), pattern)).Should().Throw<IOException>();

    [Fact]
    public void Reaches_a_neighbour_inside_the_repository()
        => GlobMatches.Of(Workspace.Of(At("run/deep")), "../G_*.pth").Should().Equal("../G_1.pth", "../G_10.pth");

    [Fact]
    public void Follows_no_link_to_a_folder()
    {
        Directory.CreateSymbolicLink(At("run/deep/loop"), At("run"));
        Directory.CreateSymbolicLink(At("run/deep/away"), At("outside"));

        GlobMatches.Of(Workspace.Of(At("run")), "**/*.txt").Should().BeEmpty();
        GlobMatches.Of(Workspace.Of(At("run")), "**/*.wav").Should().Equal("deep/a.wav", "deep/er/b.wav");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string At(string path) => Path.Combine(root, path);
}
