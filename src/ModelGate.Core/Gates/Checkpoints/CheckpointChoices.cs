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
    public static TableExhibit Of(IReadOnlyList<TrainingProgress> all, TrainingProgress final, TrainingProgress? source)
    {
        var byName = FinalCheckpoints.LastByName(all);
        var byTime = FinalCheckpoints.LastByTime(all);
        return new TableExhibit(
            SafeText.Of($"Which checkpoint was taken"),
            ["way of choosing", "checkpoint", "step", "epoch"],
            [
                Row("highest step, as a number", final, isWrong: false),
                Row("last name, as text", byName, isWrong: false),
                byTime is null
                    ? new TableRow([SafeText.Of($"newest file"), SafeText.Of($"unknown: the files' times are those of a copy"), default, default], IsWrong: false)
                    : Row("newest file", byTime, isWrong: false),
                source is null
                    ? new TableRow([SafeText.Of($"the export holds"), SafeText.Of($"none of them"), default, default], IsWrong: true)
                    : Row("the export holds", source, source.Step != final.Step),
            ])
        {
            Description = SafeText.Of($"{SafeText.Count(all.Count, "checkpoint")}, from step {all.Min(p => p.Step) ?? 0} to {final.Step ?? 0}; the first row is the one to export"),
            Checkpoints = [.. all.Where(p => p.Step is not null).OrderBy(p => p.Step).Select(p => new CheckpointMark(p.Step!.Value, SafeText.From(p.File.FileName), p == source, p == final))],
        };
    }

    private static TableRow Row(string choice, TrainingProgress progress, bool isWrong)
        => new([SafeText.From(choice), SafeText.From(progress.File.FileName), Number(progress.Step), Number(progress.Epoch)], isWrong);

    private static SafeText Number(long? value) => SafeText.From(value?.ToString(CultureInfo.InvariantCulture));
}
