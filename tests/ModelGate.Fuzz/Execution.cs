using System.Diagnostics;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Weights;

namespace ModelGate.Fuzz;

/// <summary>One file, read to the end as the gates would read it, and what that cost.</summary>
/// <param name="Refusal">Why it was refused; null where it was read.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Allocated">Bytes of managed memory that were allocated.</param>
/// <param name="Values">Values that its pickles made.</param>
internal sealed record Execution(ArtifactFault? Refusal, TimeSpan Elapsed, long Allocated, long Values)
{
    /// <summary>The longest that a file may take.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(1);

    /// <summary>What a file may allocate however short it is, in bytes.</summary>
    public const long FreeAllocation = 64 << 20;

    /// <summary>What it may allocate for each of its bytes.</summary>
    public const int AllocationPerByte = 4;

    // Elements of a tensor are a promise of the file: enough of them are read to see it broken.
    private const int MostMeasured = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <exception cref="Exception">Anything but a refusal: a fault of the reader.</exception>
    public static Execution Of(IByteSource source, ReadLimits limits, ArtifactRole? role = null)
    {
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var budget = new ReadBudget(limits);
        ArtifactFault? refusal = null;
        try
        {
            Touch(ArtifactReaders.Read(new ReadRequest(source, budget) { Role = role }));
        }
        catch (ArtifactFault fault)
        {
            refusal = fault;
        }
        catch (ResourcesExhaustedException exhausted)
        {
            // The heap of this run is made small on purpose: a reader that asks for more says so and leaves the process alive.
            refusal = new ArtifactFault(FaultReason.Limit, SafeText.From(exhausted.Message));
        }

        return new Execution(refusal, Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - before, budget.Values);
    }

    /// <summary>What it did that it must not do; null where all is well.</summary>
    public string? Complaint(long length)
        => Elapsed > LongestTime ? $"it took {Elapsed.TotalSeconds:0.0} s"
            : Allocated > FreeAllocation + (AllocationPerByte * length) ? $"it allocated {Allocated:N0} bytes for a file of {length:N0}"
            : null;

    private static void Touch(Artifact artifact)
    {
        switch (artifact)
        {
            case Checkpoint checkpoint:
                foreach (var tensor in checkpoint.Tensors.Where(t => t.Elements <= MostMeasured))
                {
                    _ = TensorStatistics.Measure(tensor);
                }

                checkpoint.Checksums?.Verify(withStored: true, CancellationToken.None);
                break;
            case AudioClip { Frames: <= MostMeasured } clip:
                _ = AudioPass.Run(clip, [new FlatnessMeasure().Begin(clip)], CancellationToken.None);
                break;
        }
    }
}
