using System.Diagnostics;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Fuzz;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Readers;

/// <summary>Whatever a short file makes its reader do ends. The same with time and peak memory of the native program: <c>tests/ModelGate.Fuzz cost</c>.</summary>
public class ReadingCostTests
{
    private const int Length = 256 << 10;

    // A busy machine is slow; what these files did without a budget took minutes or gigabytes.
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(20);
    private const long MostAllocated = 600L << 20;

    public static TheoryData<string> Families => [.. HostileFiles.Families.Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public void Are_read_or_refused_and_measured_in_bounded_time_and_memory(string family)
    {
        using var source = new MemoryByteSource(HostileFiles.Make(family, Length));
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var budget = new ReadBudget(ReadLimits.Default);
        try
        {
            if (ArtifactReaders.Read(new ReadRequest(source, budget) { Role = family.EndsWith(".log", StringComparison.Ordinal) ? ArtifactRole.Log : null }) is Checkpoint checkpoint)
            {
                Measure(checkpoint);
            }
        }
        catch (ArtifactFault)
        {
            // Refused is as good as read.
        }

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(LongestTime);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostAllocated);
    }

    [Fact]
    public void With_an_expanded_tensor_are_compared_by_what_the_storage_holds()
    {
        using var source = new MemoryByteSource(HostileFiles.Make("expanded.pth", Length));
        var checkpoint = (Checkpoint)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));

        var match = ExportMatch.Test(checkpoint, checkpoint, TestContext.Current.CancellationToken);
        match.IsWhole.Should().BeTrue();
        match.EqualElements.Should().Be(1_000_000_000_000);
        TensorDifference.Measure(checkpoint.Tensors[0], checkpoint.Tensors[0], TestContext.Current.CancellationToken)!.Different.Should().Be(0);
        TensorStatistics.Measure(checkpoint.Tensors[0], TestContext.Current.CancellationToken)!.Minimum.Should().Be(0);
    }

    [Theory]
    [InlineData("sparse.pth")]
    [InlineData("expanded-overlapping.pth")]
    public void With_tensors_that_show_too_much_list_them_and_say_so(string family)
    {
        using var source = new MemoryByteSource(HostileFiles.Make(family, Length));
        var checkpoint = (Checkpoint)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));

        checkpoint.Tensors.Should().ContainSingle();
        checkpoint.Warnings.Should().Contain(w => w.Value.Contains("listed and not read", StringComparison.Ordinal));
        TensorStatistics.Measure(checkpoint.Tensors[0], TestContext.Current.CancellationToken).Should().BeNull();
    }

    [Fact]
    public void Are_over_the_limit_that_their_refusal_names()
    {
        using var source = new MemoryByteSource(HostileFiles.Make("graph-tensors.pth", Length));
        var reading = () => ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));

        reading.Should().Throw<ArtifactFault>().Which.Limit.Should().Be("memoryBytes");
    }

    // Keys of the kind that PyTorch writes, many of them, are no attack.
    [Fact]
    public void Are_not_those_with_many_honest_keys()
    {
        using var source = new MemoryByteSource(HostileFiles.Make("keys-folded.pth", Length));
        ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default))).Should().BeOfType<Checkpoint>();
    }

    [Fact]
    public void Obey_the_time_for_a_file_also_where_no_budget_is_known()
    {
        using var budget = new ReadBudget(ReadLimits.Default with { FileTime = TimeSpan.FromMilliseconds(50) });
        var work = () => budget.Timed(() =>
        {
            while (true)
            {
                budget.Cancellation.ThrowIfCancellationRequested();
            }

#pragma warning disable CS0162 // The type of the loop
            return 0;
#pragma warning restore CS0162
        });

        work.Should().Throw<ArtifactFault>().Which.Limit.Should().Be("fileTime");
    }

    private static void Measure(Checkpoint checkpoint)
    {
        var meters = new WeightMeter[] { new StatisticsMeasure().Begin(checkpoint), new DigestMeasure().Begin(checkpoint) };
        _ = WeightPass.Run(checkpoint, meters, CancellationToken.None);
        checkpoint.Checksums?.Verify(withStored: true, CancellationToken.None);
    }
}
