namespace ModelGate.Signals.Checkpoints;

/// <summary>Which of a run's checkpoints is the final one, and which each other way of choosing would have taken.</summary>
internal static class FinalCheckpoints
{
    /// <summary>File times closer than this come from a copy or a checkout, and tell nothing of the training.</summary>
    private static readonly TimeSpan CopyTime = TimeSpan.FromSeconds(2);

    /// <summary>The checkpoints that were written last in training; empty where nothing tells their order.</summary>
    /// <remarks>
    /// By the step that each states, compared as a number. Where one states none ("latest only"), by the epoch, if all know theirs; else by the
    /// optimizer's own count too, which a restart from a pretrained model sets back.
    /// </remarks>
    public static IReadOnlyList<TrainingProgress> Of(IReadOnlyList<TrainingProgress> progress)
        => progress.Count == 0 ? []
            : progress.All(p => p.StatedStep is not null) ? Highest(progress, p => p.StatedStep)
            : progress.All(p => p.Epoch is not null) ? Highest(progress, p => p.Epoch)
            : Highest(progress, p => p.Step);

    /// <summary>
    /// The checkpoints that the trainer holds for the best: the one that it recorded, by its name or its folder's, else those whose names say so;
    /// empty where nothing does, or where the recorded one is not there.
    /// </summary>
    public static IReadOnlyList<TrainingProgress> Best(IReadOnlyList<TrainingProgress> progress, string? recorded)
        => recorded is not null
            ? [.. progress.Where(p => p.File.FileName == recorded || p.File.FolderName == recorded)]
            : progress.Where(p => p.Name.SaysBest).ToArray() is var best && best.All(p => p.StatedStep is not null) ? Highest(best, p => p.StatedStep) : best;

    private static IReadOnlyList<TrainingProgress> Highest(IReadOnlyList<TrainingProgress> progress, Func<TrainingProgress, long?> number)
        => progress.Max(number) is { } highest ? [.. progress.Where(p => number(p) == highest)] : [];

    /// <summary>The checkpoint that comes last when names are sorted as text.</summary>
    public static TrainingProgress LastByName(IReadOnlyList<TrainingProgress> progress)
        => progress.OrderBy(p => p.File.FileName, StringComparer.Ordinal).ThenBy(p => p.File.Path, StringComparer.Ordinal).Last();

    /// <summary>The checkpoint that comes last where all digits of a path are read as one number, as RVC, VITS and so-vits-svc do on a resume.</summary>
    public static TrainingProgress LastByPathDigits(IReadOnlyList<TrainingProgress> progress)
        => progress.Select(p => (Progress: p, Digits: string.Concat(p.File.Path.Where(char.IsAsciiDigit)).TrimStart('0')))
            .OrderBy(p => p.Digits.Length).ThenBy(p => p.Digits, StringComparer.Ordinal).Last().Progress;

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
        var ordered = progress.Where(p => p.NameStep is not null && p.NameStep == p.Step).OrderBy(p => p.NameStep).ToArray();
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
