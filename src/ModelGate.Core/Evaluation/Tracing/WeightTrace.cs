using ModelGate.Gates.Checkpoints;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation.Tracing;

/// <summary>Where a model's weights come from.</summary>
/// <param name="Model">The model's path.</param>
/// <param name="Origin">What was found.</param>
/// <param name="Sentence">The same in a sentence.</param>
internal sealed record WeightTrace(string Model, TraceOrigin Origin, SafeText Sentence)
{
    /// <summary>Every checkpoint that could be compared, those that are equal first, then by distance.</summary>
    public IReadOnlyList<TracedCheckpoint> Candidates { get; init; } = [];

    /// <summary>The share of the first of the two nearest candidates where the model is a merge; else null.</summary>
    public (TracedCheckpoint One, TracedCheckpoint Other, double Share)? Merge { get; init; }

    /// <summary>Files that look like weights and could not be compared, and why.</summary>
    public IReadOnlyList<(string Path, SafeText Why)> Unread { get; init; } = [];
}

/// <summary>A checkpoint that a model was compared with.</summary>
/// <param name="Progress">The file, and how far its training had come.</param>
/// <param name="Pairing">The set of its weights that comes nearest to the model, tensor beside tensor.</param>
internal sealed record TracedCheckpoint(TrainingProgress Progress, ExportPairing Pairing)
{
    /// <summary>Whether all of the model's tensors equal it, rounded to the model's element types.</summary>
    public bool IsEqual { get; init; }

    /// <summary>The mean absolute difference over some elements of each tensor that both hold; null where none could be compared.</summary>
    public double? Distance { get; init; }

    /// <summary>The path.</summary>
    public string Path => Progress.File.Path;
}

/// <summary>What is known of where weights come from.</summary>
internal enum TraceOrigin
{
    /// <summary>They are those of a checkpoint.</summary>
    Equal,

    /// <summary>They are a weighted mean of those of two.</summary>
    Merge,

    /// <summary>They are those of none, and like those of some.</summary>
    Nearest,

    /// <summary>They have nothing in common with any.</summary>
    Foreign,

    /// <summary>Nothing could be compared.</summary>
    Unknown,
}
