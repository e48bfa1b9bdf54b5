using System.Globalization;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Which checkpoint each way of choosing would have taken, beside the one that the export holds.</summary>
internal static class CheckpointChoices
{
    /// <summary>The table.</summary>
    /// <param name="all">The run's checkpoints, at least one.</param>
    /// <param name="final">The checkpoint of the highest step.</param>
    /// <param name="source">The checkpoint whose weights the export holds, where there is one.</param>
    /// <param name="policy">Which checkpoint has to be exported.</param>
    public static TableExhibit Of(IReadOnlyList<TrainingProgress> all, TrainingProgress final, TrainingProgress? source, CheckpointPolicy policy = CheckpointPolicy.Final)
    {
        var byName = FinalCheckpoints.LastByName(all);
        var byTime = FinalCheckpoints.LastByTime(all);
        return new TableExhibit(
            SafeText.Of($"Which checkpoint was taken"),
            ["way of choosing", "checkpoint", "step", "epoch"],
            [
                Row(policy == CheckpointPolicy.Best ? "best, as the trainer records" : "highest step, as a number", final, isWrong: false),
                Row("last name, as text", byName, isWrong: false),
                Row("digits of the whole path", FinalCheckpoints.LastByPathDigits(all), isWrong: false),
                byTime is null
                    ? new TableRow([SafeText.Of($"newest file"), SafeText.Of($"unknown: the files' times are those of a copy"), default, default], IsWrong: false)
                    : Row("newest file", byTime, isWrong: false),
                source is null
                    ? new TableRow([SafeText.Of($"the export holds"), SafeText.Of($"none of them"), default, default], IsWrong: true)
                    : Row("the export holds", source, source.Step != final.Step),
            ])
        {
            Description = SafeText.Of($"{SafeText.Count(all.Count, "checkpoint")}, from step {all.Min(p => p.Step) ?? 0} to {all.Max(p => p.Step) ?? 0}; the first row is the one to export"),
            Checkpoints = [.. all.Where(p => p.Step is not null).OrderBy(p => p.Step).Select(p => new CheckpointMark(p.Step!.Value, SafeText.From(p.File.FileName), p == source, p == final))],
        };
    }

    /// <summary>What each checkpoint says of how far training had come, place by place.</summary>
    /// <param name="all">The run's checkpoints, at least one.</param>
    /// <param name="last">The one that was written last in training.</param>
    /// <param name="logs">What the logs say.</param>
    public static TableExhibit Steps(IReadOnlyList<TrainingProgress> all, TrainingProgress last, IReadOnlyList<LoggedProgress> logs)
    {
        var byTime = FinalCheckpoints.LastByTime(all) is not null;
        var logged = logs.Where(l => l.LastStep is not null || l.LastSaved is not null).MaxBy(l => l.LastStep);
        return new TableExhibit(
            SafeText.Of($"What each checkpoint says of its step"),
            ["checkpoint", "step in its name", "step inside", "optimizer's step", "epoch", "file time"],
            [.. all.OrderBy(p => p.Step).ThenBy(p => p.File.Path, StringComparer.Ordinal).Select(p => new TableRow(
                [
                    SafeText.From(p == last ? $"{p.File.Path} (final)" : p.File.Path), Number(p.NameStep), Number(p.GlobalStep ?? p.ContentStep), Number(p.OptimizerStep), Number(p.Epoch),
                    SafeText.From(byTime ? p.File.LastWriteTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "that of a copy"),
                ],
                IsWrong: false))])
        {
            Description = logged is null
                ? SafeText.Of($"{last.File.Path} is the final one")
                : SafeText.Of($"{last.File.Path} is the final one; {logged.Path} has values up to step {Number(logged.LastStep)}{(logged.LastSaved is null ? "" : " and says that the last save was ")}{SafeText.From(logged.LastSaved)}"),
        };
    }

    private static TableRow Row(string choice, TrainingProgress progress, bool isWrong)
        => new([SafeText.From(choice), SafeText.From(progress.File.FileName), Number(progress.Step), Number(progress.Epoch)], isWrong);

    private static SafeText Number(long? value) => SafeText.From(value?.ToString(CultureInfo.InvariantCulture));
}
