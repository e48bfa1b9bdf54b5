using System.Diagnostics;

namespace ModelGate.Tool.Tests;

/// <summary>What is no fault of a file: one sentence, exit code 2, no stack trace.</summary>
public sealed class ToolFaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("explain >&-", "standard output is closed")]
    [InlineData("explain > /dev/full", "standard output cannot be written: No space left on device")]
    [InlineData("check samples/lexi --format json > /dev/full", "standard output cannot be written: No space left on device")]
    [InlineData("check samples/lexi > /dev/full", "standard output cannot be written: No space left on device")]
    [InlineData("check samples/lexi-fixed --report json=README.md/reports/a.json > /dev/null", "README.md/reports/a.json cannot be written")]
    [InlineData("check samples/lexi-fixed --report json=/dev/null > /dev/null", "/dev/null cannot be written: it is a pipe or a device")]
    [InlineData("check samples/lexi-fixed --report json=samples > /dev/null", "samples cannot be written: it is a folder")]
    [InlineData("check samples/lexi-fixed --report json=samples/lexi-fixed/lexi.pth > /dev/null", "would overwrite a file that it is about")]
    [InlineData("check samples/lexi-fixed --report html=samples/lexi-fixed/gate.config.json > /dev/null", "would overwrite a file that it is about")]
    [InlineData("check --config /dev/zero > /dev/null", "it is a pipe or a device")]
    [InlineData("inspect /dev/zero > /dev/null", "it is a pipe or a device")]
    public void It_says_so_in_one_sentence(string command, string sentence)
    {
        var (exitCode, error) = Run(command);

        exitCode.Should().Be(2);
        error.TrimEnd('\n').Should().NotContain("\n").And.StartWith("modelgate: ").And.Contain(sentence);
    }

    [Theory]
    [InlineData("inspect /no/such/file 2>&-")]
    [InlineData("inspect /no/such/file 2> /dev/full")]
    public void It_needs_nobody_to_tell(string command)
    {
        var (exitCode, error) = Run(command);

        exitCode.Should().Be(2);
        error.Should().BeEmpty();
    }

    [Fact]
    public void A_configuration_that_is_a_pipe_is_not_waited_for()
    {
        Shell($"mkfifo '{folder}/gate.config.json'").ExitCode.Should().Be(0);

        var (exitCode, error) = Run($"check '{folder}'");

        exitCode.Should().Be(2);
        error.Should().Contain("it is a pipe or a device, not a regular file");
    }

    // Each heap is too small for what the file describes, within the limits that were raised for it. In regions of the default size, 32 and 36 MB were a segmentation fault.
    [Theory]
    [InlineData("0x1000000")]
    [InlineData("0x2000000")]
    [InlineData("0x2400000")]
    [InlineData("0x3000000")]
    public void Too_little_memory_is_said_and_ends_nothing_abruptly(string heap)
    {
        var keys = "{" + string.Join(',', Enumerable.Range(0, 600_000).Select(i => $"\"{i}\":[1]")) + "}";
        File.WriteAllText(Path.Combine(folder, "keys.json"), keys);

        var (exitCode, error) = Run($"inspect '{folder}/keys.json' --limit memoryBytes=1000000000 > /dev/null", ("DOTNET_GCHeapHardLimit", heap));

        exitCode.Should().Be(2);
        error.TrimEnd('\n').Should().NotContain("\n").And.Contain("more memory than this process may have");
    }

    // A header of safetensors whose key is half of a surrogate pair is valid ASCII and no valid text.
    [Theory]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"a":{"\ud800":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}""")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[0],"data_offsets":[0,0]}}""")]
    public void A_lone_surrogate_is_a_fault_of_the_file(string header)
    {
        var file = Path.Combine(folder, "a.safetensors");
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.ASCII.GetBytes(header)]);

        var run = Tool.Run("inspect", file);

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain("not valid Unicode");
        run.Error.Should().NotContain("internal error");
    }

    private static (int ExitCode, string Error) Run(string command, params (string Name, string Value)[] variables)
        => Shell($"dotnet '{Path.Combine(AppContext.BaseDirectory, "modelgate.dll")}' {command}", variables);

    private static (int ExitCode, string Error) Shell(string command, params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the devices are those of Linux");
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait();
        return (process.ExitCode, error);
    }
}
