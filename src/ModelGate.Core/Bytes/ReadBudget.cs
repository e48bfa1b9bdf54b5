using System.Diagnostics;
using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The limits for reading one file, what has been spent of them, and the caller's wish to stop.</summary>
/// <remarks>
/// Whatever reading does is paid for in two currencies, where it does it: steps, and bytes of memory that stay. A file may spend a fixed amount and a
/// multiple of its length, so that no short file is dear, whatever trick makes it so (docs/decisions/0040-one-budget.md). The budget is spent by
/// one thread at a time.
/// </remarks>
/// <param name="cancellation">Cancels the read.</param>
internal sealed class ReadBudget(ReadLimits limits, CancellationToken cancellation = default) : IDisposable
{
    /// <summary>Bytes of memory that each byte of a file pays for.</summary>
    public const int MemoryPerByte = 2;

    /// <summary>Steps that each byte of a file pays for.</summary>
    public const int StepsPerByte = 16;

    /// <summary>How many elements the tensors of a file may show for each of its bytes: a byte holds eight at most.</summary>
    public const int ShownPerByte = 16;

    /// <summary>Bytes of memory from which on what a file describes is large.</summary>
    public const long Large = 8L << 20;

    private const long ShownFreely = 16L << 20;
    private const int StepsBetweenLooks = 1 << 16;

    private readonly long started = Stopwatch.GetTimestamp();
    private CancellationTokenSource? timed;
    private long admitted;
    private long steps;
    private long kept;
    private long shown;
    private long nextLook = StepsBetweenLooks;

    /// <summary>The limits.</summary>
    public ReadLimits Limits { get; } = limits;

    /// <summary>Cancelled where the caller wants to stop, and where the time for the file is spent.</summary>
    /// <remarks>Work that knows no budget obeys this token; <see cref="Timed{T}"/> says what it means.</remarks>
    public CancellationToken Cancellation
    {
        get
        {
            if (timed is null)
            {
                timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                var left = Limits.FileTime - Stopwatch.GetElapsedTime(started);
                timed.CancelAfter(left < TimeSpan.Zero ? TimeSpan.Zero : left.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : left);
            }

            return timed.Token;
        }
    }

    /// <summary>How many values the pickles of the file have made so far.</summary>
    public long Values { get; private set; }

    /// <summary>How many tensors show more than the file may.</summary>
    public int Refused { get; private set; }

    /// <summary>Called once, before what the file describes grows large: where files are read side by side, those may have to wait for each other.</summary>
    public Action? GrewLarge { get; init; }


    /// <summary>Lets the budget grow with the bytes that are read: a file, a file beside it, an inflated record.</summary>
    public void Admit(long bytes) => admitted += bytes;

    /// <summary>Pays for elementary steps: an opcode, an item that is looked at, a comparison.</summary>
    /// <exception cref="ArtifactFault">They are spent, or the time is.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public void Step(long count = 1)
    {
        steps += count;
        if (steps >= nextLook)
        {
            nextLook = steps + StepsBetweenLooks;
            Checkpoint();
            if (steps > Limits.Steps + (StepsPerByte * admitted))
            {
                throw Exceeded(nameof(ReadLimits.Steps), SafeText.Of($"reading takes more than {Limits.Steps + (StepsPerByte * admitted)} steps"));
            }
        }
    }

    /// <summary>Pays for memory that lives as long as what is read.</summary>
    /// <exception cref="ArtifactFault">It is spent.</exception>
    public void Keep(long bytes)
    {
        if (kept <= Large && kept + bytes > Large)
        {
            GrewLarge?.Invoke();
        }

        kept += bytes;
        RequireMemory(0);
    }

    /// <summary>Bytes of memory that are left to be paid for.</summary>
    public long MemoryLeft => Limits.MemoryBytes + (MemoryPerByte * admitted) - kept;

    /// <summary>Requires room for memory that is given back soon.</summary>
    /// <exception cref="ArtifactFault">There is none.</exception>
    public void RequireMemory(Int128 bytes)
    {
        var allowed = Limits.MemoryBytes + (MemoryPerByte * admitted);
        if (kept + bytes > allowed)
        {
            throw Exceeded(nameof(ReadLimits.MemoryBytes), SafeText.Of($"what the file describes takes more than {allowed} bytes of memory"));
        }
    }

    /// <summary>Counts the elements that a tensor shows; null where the tensors of the file may show them, else why they cannot be read.</summary>
    /// <param name="elements">How many elements are read to see all of the tensor.</param>
    public ArtifactFault? Show(long elements)
    {
        var allowed = ShownFreely + ((Int128)ShownPerByte * admitted);
        if ((Int128)shown + elements <= allowed)
        {
            shown += elements;
            return null;
        }

        Refused++;
        return new ArtifactFault(FaultReason.Limit, SafeText.Of($"the tensors show {(Int128)shown + elements} elements, and a file of {admitted} bytes may show {allowed}"));
    }

    /// <summary>Looks at the clock and at the caller's wish: call it every few thousand steps.</summary>
    /// <exception cref="ArtifactFault">The time for one file is spent.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public void Checkpoint()
    {
        cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(started) > Limits.FileTime)
        {
            throw TimeSpent();
        }
    }

    /// <summary>Runs work that obeys <see cref="Cancellation"/>; where the time for the file ended it, that is the fault.</summary>
    /// <exception cref="ArtifactFault">The time for one file is spent.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public T Timed<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && timed is { IsCancellationRequested: true })
        {
            throw TimeSpent();
        }
    }

    /// <summary>Counts a value that a pickle makes: the pickles of a file share one count.</summary>
    /// <exception cref="ArtifactFault">There are too many.</exception>
    /// <param name="offset">Where in the file the value is made.</param>
    /// <param name="weight">What it costs in plain values.</param>
    public void CountValue(long offset, int weight = 1)
    {
        Values += weight;
        Step(weight);
        if (Values > Limits.PickleValues)
        {
            throw Exceeded(nameof(ReadLimits.PickleValues), SafeText.Of($"the pickle makes more than {Limits.PickleValues} values"), offset);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timed?.Dispose();

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

    private ArtifactFault TimeSpent()
        => Exceeded(nameof(ReadLimits.FileTime), SafeText.Of($"reading took longer than {Limits.FileTime.TotalSeconds} s"));
}
