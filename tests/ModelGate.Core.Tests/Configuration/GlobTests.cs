using ModelGate.Configuration;

namespace ModelGate.Tests.Configuration;

public class GlobTests
{
    // HiFi-GAN's own pattern (utils.py, scan_checkpoint) is g_ and eight question marks; the sets and their negation are those of POSIX fnmatch.
    [Theory]
    [InlineData("g_????????", "g_02500000", true)]
    [InlineData("g_????????", "g_0250000", false)]
    [InlineData("g_????????", "do_02500000", false)]
    [InlineData("G_[0-9]*.pth", "G_2376.pth", true)]
    [InlineData("G_[0-9]*.pth", "G_latest.pth", false)]
    [InlineData("[!GD]_*.pth", "E_1.pth", true)]
    [InlineData("[!GD]_*.pth", "G_1.pth", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("{G,D}_*.pth", "D_10.pth", true)]
    [InlineData("{G,D}_*.pth", "E_10.pth", false)]
    [InlineData("logs/{a,b/c}/x", "logs/b/c/x", true)]
    [InlineData("{a,{b,c}}d", "cd", true)]
    [InlineData("a{b}c", "a{b}c", true)]
    [InlineData("a{,b}c", "ac", true)]
    [InlineData("*.pth", "a/b.pth", false)]
    [InlineData("**/*.pth", "b.pth", true)]
    [InlineData("**/*.pth", "a/b/c.pth", true)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/", "a/b", true)]
    [InlineData("./a", "a", true)]
    [InlineData("../a_*", "../a_1", true)]
    [InlineData("A", "a", false)]
    [InlineData("*.*", "g_02500000", true)]
    [InlineData("**", "x/y", true)]
    public void A_path_fits_or_does_not(string pattern, string path, bool fits) => new Glob(pattern).Fits(path).Should().Be(fits);

    [Fact]
    public void Braces_are_bounded()
        => FluentActions.Invoking(() => new Glob(string.Concat(Enumerable.Repeat("{a,b}", 30)))).Should().Throw<FormatException>();

    [Fact]
    public void The_cost_of_stars_is_bounded()
        => new Glob(string.Concat(Enumerable.Repeat("*a", 200)) + "b").Fits(new string('a', 20_000)).Should().BeFalse();
}
