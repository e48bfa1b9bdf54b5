using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Holds the epochs that the logs tell of against the newest checkpoint.</summary>
internal static class LogAgainstCheckpoints
{
    /// <summary>What the logs tell of that the newest checkpoint does not hold.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<LoggedProgress> logs, TrainingProgress newest)
    {
        if (newest.Epoch is not { } epoch)
        {
            return [];
        }

        var findings = new List<Finding>();
        foreach (var log in logs)
        {
            if (log.AbandonedEpoch is { } before && before > epoch && before > (log.Epoch ?? 0))
            {
                findings.Add(new Finding(SafeText.Of(
                    $"{log.Path} holds {log.Runs} starts: training had come to epoch {before}, then began again at epoch 1, and the newest checkpoint {newest.File.FileName} is of epoch {epoch} of the last start"))
                {
                    Remedy = SafeText.Of($"Train on to as many epochs, or take back the checkpoint of that start: what it had learned is in no checkpoint here. Where the new start was meant, move the old log away."),
                });
            }
            else if (log.Saved is { Epoch: { } saved } file && saved > epoch)
            {
                findings.Add(new Finding(SafeText.Of($"{log.Path} says that {SafeText.From(file.FileName)} was saved at epoch {saved}, and the newest checkpoint here is {newest.File.FileName} of epoch {epoch}"))
                {
                    Remedy = SafeText.Of($"Bring the checkpoint that the log names, and export from it."),
                });
            }
        }

        return findings;
    }
}
