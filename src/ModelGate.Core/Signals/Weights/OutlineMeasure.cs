using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>A model without the elements of its tensors: names, shapes, element types and what it states of itself.</summary>
internal sealed record OutlineMeasure : ContentMeasure<Checkpoint, Checkpoint>
{
    /// <inheritdoc/>
    protected override Checkpoint Compute(FileStamp file, Checkpoint content, CancellationToken cancellation) => new(
        content.Format, [.. content.Tensors.Select(t => t with { Data = null })], content.StateDict, content.Metadata, content.Globals)
    {
        Code = content.Code,
        TiesWordEmbeddings = content.TiesWordEmbeddings,
    };
}
