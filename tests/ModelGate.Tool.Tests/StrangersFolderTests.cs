namespace ModelGate.Tool.Tests;

/// <summary>A folder that came from somebody else leads nowhere else, and what is not seen in it is said.</summary>
public sealed class StrangersFolderTests : IDisposable
{
    private readonly string outer = Directory.CreateTempSubdirectory("modelgate-").FullName;
    private readonly string folder;

    public StrangersFolderTests()
    {
        folder = Directory.CreateDirectory(Path.Combine(outer, "folder")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        Directory.CreateDirectory(Path.Combine(outer, "outside"));
        File.Copy(Tool.Sample("lexi-fixed", "lexi.pth"), Path.Combine(outer, "outside", "w.pth"));
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var closed in Directory.EnumerateDirectories(folder, "closed"))
            {
                File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(outer, recursive: true);
    }

    // Each link by itself stays in the folder, as far as its text goes.
    [Theory]
    [InlineData("d/w.pth")]
    [InlineData("e/w.pth")]
    [InlineData("d/../outside/w.pth")]
    public void No_link_behind_a_link_leads_out(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a permission there");
        Directory.CreateSymbolicLink(Path.Combine(folder, "d"), "../outside");
        Directory.CreateSymbolicLink(Path.Combine(folder, "e"), "d");
        File.CreateSymbolicLink(Path.Combine(folder, "model.pth"), target);

        var run = Check("model.pth");

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain("model.pth cannot be read: a link on the way to it leads out of the workspace");
    }

    [Fact]
    public void Links_that_stay_inside_are_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a permission there");
        Directory.CreateDirectory(Path.Combine(folder, "inside"));
        File.Copy(Tool.Sample("lexi-fixed", "lexi.pth"), Path.Combine(folder, "inside", "w.pth"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "d"), "inside");
        File.CreateSymbolicLink(Path.Combine(folder, "model.pth"), "d/w.pth");

        Check("model.pth").ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(33, 2)]
    public void A_pattern_says_where_it_does_not_look(int depth, int exitCode)
    {
        var deep = Path.Combine([folder, .. Enumerable.Repeat("a", depth)]);
        Directory.CreateDirectory(deep);
        File.Copy(Tool.Sample("lexi-fixed", "lexi.pth"), Path.Combine(folder, "ok.pth"));
        File.Copy(Tool.Sample("lexi-fixed", "lexi.pth"), Path.Combine(deep, "deep.pth"));

        var run = Check("**/*.pth");

        run.ExitCode.Should().Be(exitCode);
        run.Output.Contains("it looks 32 folders deep", StringComparison.Ordinal).Should().Be(exitCode == 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("closed")]
    public void A_folder_that_may_not_be_read_is_named_where_configurations_are_looked_for(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "whoever may read everything has no such folder");
        var closed = Directory.CreateDirectory(Path.Combine(folder, "closed")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(closed, UnixFileMode.None);
        }

        var run = Tool.Run("check", Path.Combine(folder, name));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("permission denied").And.NotContain("internal error");
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_not_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "whoever may read everything has no such folder");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.Copy(Tool.Sample("lexi-fixed", "lexi.pth"), Path.Combine(folder, "ok.pth"));
        Directory.CreateDirectory(Path.Combine(folder, "closed"));
        File.SetUnixFileMode(Path.Combine(folder, "closed"), UnixFileMode.None);

        var run = Check("**/*.pth");

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain("permission denied for the folder closed");
    }

    private Result Check(string pattern)
    {
        File.WriteAllText(Path.Combine(folder, "gate.config.json"), $$"""{ "artifacts": { "model": "{{pattern}}" }, "gates": { "pickle-must-be-safe": {} } }""");
        return Tool.Run("check", folder);
    }
}
