using System.Diagnostics;

namespace ModelGate.Tool.Tests;

/// <summary>The tool as a process in a folder that it judges: nothing of that folder is ever started.</summary>
public sealed class JudgedFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public JudgedFolderTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are shell scripts");
        File.Copy(Tool.Sample("lexi", "lexi.pth"), Path.Combine(folder, "lexi.pth"));
        File.WriteAllText(Path.Combine(folder, "gate.config.json"), """{ "artifacts": { "model": "lexi.pth" }, "gates": { "model-must-load": {} } }""");
    }

    [Fact]
    public async Task Not_as_a_tool_of_a_user_without_a_home()
    {
        Script(".dotnet/tools/modelgate-torch");

        (await Check(("HOME", "/nonexistent"))).Should().Contain("running a model requires modelgate-torch, which is not installed");
        File.Exists(Path.Combine(folder, "ran")).Should().BeFalse();
    }

    [Fact]
    public async Task Not_as_the_dotnet_that_starts_a_dll()
    {
        Script("dotnet");
        var elsewhere = Directory.CreateTempSubdirectory("modelgate-");
        File.WriteAllText(Path.Combine(elsewhere.FullName, "modelgate-torch.dll"), "");

        await Check((TorchProgram.Variable, Path.Combine(elsewhere.FullName, "modelgate-torch.dll")));

        File.Exists(Path.Combine(folder, "ran")).Should().BeFalse();
        elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task A_temporary_folder_that_is_not_there_is_named()
    {
        Script("torch");

        (await Check(("TMPDIR", "/nonexistent/there"), (TorchProgram.Variable, Path.Combine(folder, "torch")))).Should().Contain("no folder can be created in /nonexistent/there/, which the environment variable TMPDIR names");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Script(string name)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"#!/bin/sh\ntouch '{folder}/ran'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // The program itself, which needs no dotnet of the PATH.
    private async Task<string> Check(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "modelgate"), ["check"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment.Remove("DOTNET_HOST_PATH");
        start.Environment.Remove(TorchProgram.Variable);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await error;
    }
}
