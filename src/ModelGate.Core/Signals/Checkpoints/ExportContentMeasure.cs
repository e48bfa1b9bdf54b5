using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>What a model's file holds besides the weights of inference, and which fields.</summary>
internal sealed record ExportContentMeasure : ContentMeasure<Checkpoint, ExportContent>
{
    /// <inheritdoc/>
    protected override ExportContent Compute(FileStamp file, Checkpoint content, CancellationToken cancellation) => new(
        [.. content.Tensors.Select(t => t.Name).Where(IsOptimizer).Concat(content.Metadata.Select(m => m.Key).Where(IsOptimizer)).Take(1)],
        [.. content.Weights.Keys.Order(StringComparer.Ordinal)],
        content.Metadata.Select(m => m.Key).Concat(content.Tensors.Select(t => t.Name)).Select(First).ToHashSet(StringComparer.Ordinal));

    private static string First(string path) => path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? path[..dot] : path;

    private static bool IsOptimizer(string path)
        => path.StartsWith("optim", StringComparison.OrdinalIgnoreCase) || path.StartsWith("last_optimizer_state", StringComparison.Ordinal) || path.StartsWith("lr_scheduler", StringComparison.Ordinal);
}

/// <summary>What a model's file holds.</summary>
/// <param name="Training">An entry of an optimizer's or a scheduler's state; none where there is none.</param>
/// <param name="Weights">The names of the state_dict, sorted ordinally.</param>
/// <param name="Fields">The first parts of all dotted paths in it.</param>
internal sealed record ExportContent(IReadOnlyList<string> Training, IReadOnlyList<string> Weights, IReadOnlySet<string> Fields);
