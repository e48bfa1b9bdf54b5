using System.Collections.Concurrent;
using ModelGate.Bytes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;

namespace ModelGate.Tests.Evaluation;

/// <summary>Opens files for others, and keeps which were opened and how many at a time.</summary>
internal sealed class RecordingFiles(IArtifactFiles files) : IArtifactFiles
{
    private int open;
    private int most;

    public ConcurrentQueue<string> Opened { get; } = [];

    /// <summary>The most files that were open at once.</summary>
    public int MostOpen => most;

    /// <summary>How many files are open.</summary>
    public int Open => open;

    /// <summary>Is called before a file is opened.</summary>
    public Action<RoleFile>? OnOpen { get; init; }

    OpenedArtifact IArtifactFiles.Open(RoleFile file)
    {
        OnOpen?.Invoke(file);
        var opened = files.Open(file);
        Opened.Enqueue(file.Path);
        var now = Interlocked.Increment(ref open);
        for (var seen = most; now > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }

        return new OpenedArtifact(new Closing(opened, this), opened.Siblings, opened.LastWriteTime);
    }

    private sealed class Closing(OpenedArtifact opened, RecordingFiles owner) : IByteSource
    {
        private int closed;

        public long Length => opened.Source.Length;

        public int Read(long offset, Span<byte> destination) => opened.Source.Read(offset, destination);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                Interlocked.Decrement(ref owner.open);
                opened.Dispose();
            }
        }
    }
}
