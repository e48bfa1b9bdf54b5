namespace ModelGate.Package.Tests;

/// <summary>Which packages build/pack.sh makes on which platform: a script stands for dotnet, and writes down what it is asked for.</summary>
public sealed class PackScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    // libtorch is packed for three platforms; a native library of one does not load on another, whatever the processor.
    [Theory]
    [InlineData("linux-x64", "linux-x64")]
    [InlineData("debian.12-x64", "linux-x64")]
    [InlineData("win-x64", "win-x64")]
    [InlineData("osx-arm64", "osx-arm64")]
    [InlineData("osx-x64", null)]
    [InlineData("linux-musl-x64", null)]
    [InlineData("alpine.3.20-x64", null)]
    [InlineData("linux-arm64", null)]
    public void The_program_that_runs_models_is_packed_where_its_libtorch_runs(string platform, string? packed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a shell script");
        var (dotnet, log) = (Path.Combine(folder, "dotnet"), Path.Combine(folder, "log"));
        File.WriteAllText(dotnet, $"#!/bin/sh\necho \"$*\" >> '{log}'\n[ \"$1\" != --info ] || echo ' RID:         {platform}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Shell.Run("bash", folder, new Dictionary<string, string> { ["PATH"] = folder + ":/usr/bin:/bin" }, Repository.PathOf("build", "pack.sh"), folder).ExitCode.Should().Be(0);

        var torch = File.ReadAllLines(log).Where(l => l.StartsWith("pack src/ModelGate.Torch ", StringComparison.Ordinal)).ToArray();
        torch.Should().HaveCount(packed is null ? 0 : 2);
        torch.Count(l => l.EndsWith($"-r {packed}", StringComparison.Ordinal)).Should().Be(packed is null ? 0 : 1);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
