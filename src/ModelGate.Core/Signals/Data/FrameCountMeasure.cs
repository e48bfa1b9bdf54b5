using ModelGate.Artifacts;

namespace ModelGate.Signals.Data;

/// <summary>How many frames a file of features or pitch has: its shape alone.</summary>
internal sealed record FrameCountMeasure : ContentMeasure<Checkpoint, FrameCount>
{
    // HuBERT and ContentVec at two depths, and HuBERT large.
    private static readonly long[] UsualWidths = [256, 768, 1024];

    /// <summary>Frames and width of an array; null where it is of neither form that trainers read: frames by width, or 1 by width by frames.</summary>
    /// <remarks>Without the leading 1, rows are frames whatever their number: trainers do not look at it.</remarks>
    public static (long Frames, long Width)? FormOf(IReadOnlyList<long> shape)
        => shape.Count < 2 || shape.Take(shape.Count - 2).Any(d => d != 1) ? null
            : shape.Count > 2 && !UsualWidths.Contains(shape[^1]) && UsualWidths.Contains(shape[^2]) ? (shape[^1], shape[^2]) : (shape[^2], shape[^1]);

    /// <inheritdoc/>
    protected override FrameCount Compute(FileStamp file, Checkpoint content, CancellationToken cancellation) => new(content.Tensors is [{ Shape: { Count: > 0 } shape }, ..]
        ? shape.Count(d => d != 1) <= 1 && !UsualWidths.Contains(shape[^1]) ? shape.Aggregate(1L, (product, d) => product * d) : shape.Count == 1 ? shape[0] : FormOf(shape)?.Frames ?? 0
        : 0);
}

/// <summary>The frames of a file.</summary>
/// <param name="Frames">Their number; 0 where the file holds no array of frames.</param>
internal sealed record FrameCount(long Frames);
