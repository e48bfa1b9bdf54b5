using System.Diagnostics;
using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The limits for reading one file, what has been spent of them, and the caller's wish to stop.</summary>
/// <param name="cancellation">Cancels the read.</param>
internal sealed class ReadBudget(ReadLimits limits, CancellationToken cancellation = default)
{
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>The limits.</summary>
    public ReadLimits Limits { get; } = limits;

    /// <summary>The caller's wish to stop.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Looks at the clock and at the caller's wish: call it every few thousand steps.</summary>
    /// <exception cref="ArtifactFault">The time for one file is spent.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public void Checkpoint()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(started) > Limits.FileTime)
        {
            throw Exceeded(nameof(ReadLimits.FileTime), SafeText.Of($"reading took longer than {Limits.FileTime.TotalSeconds} seconds"));
        }
    }

    /// <summary>How many values the pickles of the file have made so far.</summary>
    public long Values { get; private set; }

    /// <summary>Counts a value that a pickle makes: the pickles of a file share one count.</summary>
    /// <exception cref="ArtifactFault">There are too many.</exception>
    /// <param name="offset">Where in the file the value is made.</param>
    /// <param name="weight">What it costs in plain values.</param>
    public void CountValue(long offset, int weight = 1)
    {
        Values += weight;
        if (Values > Limits.PickleValues)
        {
            throw Exceeded(nameof(ReadLimits.PickleValues), SafeText.Of($"the pickle makes more than {Limits.PickleValues} values"), offset);
        }
    }

    /// <summary>The fault for a broken limit, which it names.</summary>
    public static ArtifactFault Exceeded(string limit, SafeText description, long? offset = null)
    {
        var name = $"{char.ToLowerInvariant(limit[0])}{limit[1..]}";
        return new(FaultReason.Limit, SafeText.Of($"{description}: over the limit {name}"), offset) { Limit = name };
    }

    /// <summary>Throws where <paramref name="actual"/> is over <paramref name="allowed"/>.</summary>
    public static void Require(long actual, long allowed, string limit, string what, long? offset = null)
    {
        if (actual > allowed)
        {
            throw Exceeded(limit, SafeText.Of($"{what}: {actual}, at most {allowed} allowed"), offset);
        }
    }
}
