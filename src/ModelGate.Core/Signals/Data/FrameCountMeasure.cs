using ModelGate.Artifacts;

namespace ModelGate.Signals.Data;

/// <summary>How many frames a file of features or pitch has: its shape alone.</summary>
internal sealed record FrameCountMeasure : ContentMeasure<Checkpoint, FrameCount>
{
    // HuBERT and ContentVec at two depths, and HuBERT large.
    private static readonly long[] UsualWidths = [256, 768, 1024];

    /// <summary>Whether an array of rows by columns is of columns by rows: features of a usual width lie along its first dimension.</summary>
    public static bool IsTransposed(long rows, long columns) => !UsualWidths.Contains(columns) && UsualWidths.Contains(rows);

    /// <inheritdoc/>
    protected override FrameCount Compute(FileStamp file, Checkpoint content, CancellationToken cancellation)
        => new(content.Tensors is [{ Shape: { Count: > 0 } shape }, ..] && shape.Take(shape.Count - 2).All(d => d == 1)
            ? shape.Count == 1 ? shape[0] : IsTransposed(shape[^2], shape[^1]) || (shape[^2] == 1 && !UsualWidths.Contains(shape[^1])) ? shape[^1] : shape[^2]
            : 0);
}

/// <summary>The frames of a file.</summary>
/// <param name="Frames">Their number; 0 where the file holds no array of frames.</param>
internal sealed record FrameCount(long Frames);
