using System.Diagnostics;
using ModelGate.Artifacts;

namespace ModelGate.Readers;

/// <summary>The limits for reading one file, what has been spent of them, and the caller's wish to stop.</summary>
/// <param name="limits">The limits.</param>
/// <param name="cancellation">Cancels the read.</param>
public sealed class ReadBudget(ReadLimits limits, CancellationToken cancellation = default)
{
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>The limits.</summary>
    public ReadLimits Limits { get; } = limits;

    /// <summary>The caller's wish to stop.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Looks at the clock and at the caller's wish: call it every few thousand steps.</summary>
    /// <exception cref="ArtifactFormatException">The time for one file is spent.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public void Checkpoint()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(started) > Limits.FileTime)
        {
            throw Exceeded(nameof(ReadLimits.FileTime), SafeText.Of($"reading took longer than {Limits.FileTime.TotalSeconds} seconds"));
        }
    }

    /// <summary>The error for a broken limit: it names the limit, which is its option's name too.</summary>
    public static ArtifactFormatException Exceeded(string limit, SafeText description, long? offset = null)
        => new("limit", SafeText.Of($"{description}: over the limit {char.ToLowerInvariant(limit[0]).ToString()}{limit[1..]}"), offset);

    /// <summary>Throws where <paramref name="actual"/> is over <paramref name="allowed"/>.</summary>
    public static void Require(long actual, long allowed, string limit, string what, long? offset = null)
    {
        if (actual > allowed)
        {
            throw Exceeded(limit, SafeText.Of($"{what}: {actual}, at most {allowed} allowed"), offset);
        }
    }
}
