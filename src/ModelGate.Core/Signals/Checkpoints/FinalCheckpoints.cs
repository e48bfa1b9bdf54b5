namespace ModelGate.Signals.Checkpoints;

/// <summary>Which of a run's checkpoints is the final one, and which each other way of choosing would have taken.</summary>
internal static class FinalCheckpoints
{
    /// <summary>File times closer than this come from a copy or a checkout, and tell nothing of the training.</summary>
    private static readonly TimeSpan CopyTime = TimeSpan.FromSeconds(2);

    /// <summary>The checkpoints of the highest step, compared as a number; empty where no checkpoint states its step.</summary>
    public static IReadOnlyList<TrainingProgress> Of(IReadOnlyList<TrainingProgress> progress)
    {
        var highest = progress.Max(p => p.Step);
        return highest is null ? [] : [.. progress.Where(p => p.Step == highest)];
    }

    /// <summary>The checkpoint that stands last when names are sorted as text.</summary>
    public static TrainingProgress LastByName(IReadOnlyList<TrainingProgress> progress)
        => progress.MaxBy(p => p.File.FileName, StringComparer.Ordinal)!;

    /// <summary>The checkpoint that was written last, or null where the file times tell nothing of the training.</summary>
    public static TrainingProgress? LastByTime(IReadOnlyList<TrainingProgress> progress)
    {
        var newest = progress.MaxBy(p => p.File.LastWriteTime)!;
        var oldest = progress.MinBy(p => p.File.LastWriteTime)!;
        return newest.File.LastWriteTime - oldest.File.LastWriteTime <= CopyTime ? null : newest;
    }

    /// <summary>
    /// Two checkpoints whose names and contents disagree about their order: the one with the higher step in its name has the
    /// lower epoch or the lower optimizer step inside. Null where all agree.
    /// </summary>
    public static (TrainingProgress Higher, TrainingProgress Lower)? Contradiction(IReadOnlyList<TrainingProgress> progress)
    {
        var ordered = progress.Where(p => p.NameStep is not null).OrderBy(p => p.NameStep).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            var (lower, higher) = (ordered[i - 1], ordered[i]);
            if (lower.NameStep < higher.NameStep
                && (higher.Epoch < lower.Epoch || higher.ContentStep < lower.ContentStep || higher.OptimizerStep < lower.OptimizerStep))
            {
                return (higher, lower);
            }
        }

        return null;
    }
}
