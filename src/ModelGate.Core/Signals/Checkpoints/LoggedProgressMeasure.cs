using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>How far a log says that training came.</summary>
internal sealed record LoggedProgressMeasure : ContentMeasure<TrainingLog, LoggedProgress>
{
    /// <inheritdoc/>
    protected override LoggedProgress Compute(FileStamp file, TrainingLog content, CancellationToken cancellation) => new(
        file.Path,
        content.Epoch,
        content.Abandoned.Count + 1,
        content.Abandoned.Max(a => a.Epoch),
        content.Saved.Where(s => s.Epoch is not null).MaxBy(s => s.Epoch))
    {
        Best = content.Best?.Checkpoint,
        LastStep = content.Series.Where(s => s.Points.Count > 0).Select(s => (long?)s.Points[^1].Step).Max(),
        LastSaved = content.Saved.Count > 0 ? content.Saved[^1].FileName : null,
    };
}

/// <summary>What a log says of the epochs of its run.</summary>
/// <param name="Path">The log's path.</param>
/// <param name="Epoch">The highest epoch of the run that is judged, which is the last of the log; null where the log names none.</param>
/// <param name="Runs">How many runs the log holds, each begun from nothing.</param>
/// <param name="AbandonedEpoch">The highest epoch of an earlier run; null where there is none, or the log names none.</param>
/// <param name="Saved">The checkpoint of the highest epoch that the log says was saved in the run; null where it says so of none.</param>
internal sealed record LoggedProgress(string Path, long? Epoch, int Runs, long? AbandonedEpoch, SavedCheckpoint? Saved)
{
    /// <summary>The file or folder that the trainer recorded as its best, the last part of its path; null where it recorded none.</summary>
    public string? Best { get; init; }

    /// <summary>The last step that the log has a value of; null where it has none.</summary>
    public long? LastStep { get; init; }

    /// <summary>The checkpoint that the log says was saved last, by the last part of its path; null where it names none. Text from the file.</summary>
    public string? LastSaved { get; init; }
}
