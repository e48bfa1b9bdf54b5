using ModelGate.Artifacts;

namespace ModelGate.Signals.Data;

/// <summary>What a list of files names.</summary>
internal sealed record FileListMeasure : ContentMeasure<FileList, FileList>
{
    /// <inheritdoc/>
    protected override FileList Compute(FileStamp file, FileList content, CancellationToken cancellation) => content;
}
