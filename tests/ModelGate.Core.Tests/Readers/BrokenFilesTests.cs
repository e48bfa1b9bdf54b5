using System.Diagnostics;
using ModelGate.Bytes;
using ModelGate.Fuzz;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers;

/// <summary>What no file may do to its reader. The long run of the same is tests/ModelGate.Fuzz.</summary>
public class BrokenFilesTests
{
    private const int Executions = 2500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Are_read_or_refused_in_little_time_and_memory(int seed)
    {
        var mutator = new Mutator(GoldenFiles.Below(Fixture.PathOf("")), seed);
        for (var i = 0; i < Executions; i++)
        {
            var bytes = mutator.Next();
            using var source = new MemoryByteSource(bytes);
            var execution = Execution.Of(source, ReadLimits.Default);

            // The machine may be busy; a file that is slow is slow again.
            execution = execution.Elapsed > Execution.LongestTime ? Execution.Of(source, ReadLimits.Default) : execution;
            execution.Complaint(bytes.Length).Should().BeNull($"seed {seed}, execution {i}");
        }
    }

    [Theory]
    [InlineData(ArtifactRole.Metrics, "metrics/metrics.json", "metrics/log.jsonl", "metrics/results.csv")]
    [InlineData(ArtifactRole.Config, "metrics/metrics.json")]
    public void Are_read_or_refused_by_the_reader_that_a_role_chooses(object role, params string[] files)
    {
        var mutator = new Mutator([.. files.Select(Fixture.Bytes)], 3);
        for (var i = 0; i < Executions; i++)
        {
            var bytes = mutator.Next();
            using var source = new MemoryByteSource(bytes);
            Execution.Of(source, ReadLimits.Default, (ArtifactRole)role).Complaint(bytes.Length).Should().BeNull($"execution {i}");
        }
    }

    [Fact]
    public void Are_the_same_for_the_same_seed()
    {
        var files = GoldenFiles.Below(Fixture.PathOf("torch1"));
        Mutator first = new(files, 7), second = new(files, 7);
        for (var i = 0; i < 100; i++)
        {
            first.Next().Should().Equal(second.Next());
        }
    }

    [Fact]
    public async Task That_are_made_to_cost_memory_do_not_end_a_process_with_a_heap_of_200_MB()
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-").FullName;
        GreedyFiles.Write(folder, 12 << 20);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ModelGate.Fuzz.dll"), "corpus", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0xC800000";

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.Should().Be(0, await errors);
        var lines = output.TrimEnd().Split('\n');
        lines[^1].Should().StartWith($"{GreedyFiles.Of(0).Count} files, ").And.Contain(" 0 faults");
        Directory.Delete(folder, recursive: true);
    }
}
