using ModelGate.Bytes;
using ModelGate.Gates;

namespace ModelGate.Evaluation.Measuring;

/// <summary>Opens the files that are measured.</summary>
internal interface IArtifactFiles
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="Faults.SourceUnavailableException">It cannot be opened, or lies outside of the workspace.</exception>
    OpenedArtifact Open(RoleFile file);
}

/// <summary>An open file.</summary>
/// <param name="source">Its bytes.</param>
/// <param name="siblings">The files beside it; null where they cannot be seen.</param>
/// <param name="lastWriteTime">When it was last written.</param>
internal sealed class OpenedArtifact(IByteSource source, IByteSourceFolder? siblings, DateTimeOffset lastWriteTime) : IDisposable
{
    /// <summary>Its bytes.</summary>
    public IByteSource Source { get; } = source;

    /// <summary>The files beside it.</summary>
    public IByteSourceFolder? Siblings { get; } = siblings;

    /// <summary>When it was last written.</summary>
    public DateTimeOffset LastWriteTime { get; } = lastWriteTime;

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        (Siblings as IDisposable)?.Dispose();
    }
}
