using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Architecture.Keys;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Puts into words where an exported model comes from.</summary>
internal sealed partial class ExportReport(RoleFile model, string? label, TrainingProgress final, IReadOnlyList<TrainingProgress> all)
{
    /// <summary>The export is the final checkpoint, and whole.</summary>
    public Judgement IsFinal(TrainingProgress source, ExportMatch match) => Judgement.Of(
        SafeText.Of($"{model.Path} holds the weights of the final checkpoint {Describe(source)}: {match.EqualElements} of {match.Elements} elements in {match.Keys} tensors are equal"),
        Measurements(source, match),
        []);

    /// <summary>The export is another checkpoint.</summary>
    public Judgement ComesFrom(TrainingProgress source, ExportMatch match)
    {
        var measurements = Measurements(source, match);
        var sentence = SafeText.Of($"{model.Path} was exported from {Describe(source)}; the final one is {Describe(final)}");
        var findings = new List<Finding>
        {
            new(sentence)
            {
                Remedy = SafeText.Of($"Export the model again from {final.File.Path}, and choose it by its step as a number."),
                Evidence = measurements,
            },
        };
        if (label is not null && Mentions(label, final.Epoch) && !Mentions(label, source.Epoch))
        {
            findings.Add(new Finding(SafeText.Of($"its label says {label}, and its weights are those of epoch {source.Epoch ?? 0}"))
            {
                Remedy = SafeText.Of($"Do not correct the label: the weights are the wrong ones."),
            });
        }

        return Judgement.Of(sentence, measurements, findings);
    }

    /// <summary>No checkpoint holds the weights of the export.</summary>
    public Judgement HasNoSource(IReadOnlyList<(TrainingProgress Progress, ExportMatch Match)> ranked)
    {
        var (nearest, match) = ranked.OrderByDescending(r => r.Match.EqualElements).ThenBy(r => r.Match.Absent)
            .ThenBy(r => double.IsNaN(r.Match.MeanAbsoluteDifference) ? double.MaxValue : r.Match.MeanAbsoluteDifference).First();
        var measurements = Measurements(null, match);
        var sentence = match.Absent == match.Keys
            ? SafeText.Of($"{model.Path} shares no tensor with any of {all.Count} checkpoints: it is not an export of this run")
            : SafeText.Of($"{model.Path} holds the weights of none of {all.Count} checkpoints; the nearest is {Describe(nearest)}, with {match.EqualKeys} of {match.Keys} tensors equal, {match.Absent} absent there, and a mean absolute difference of {match.MeanAbsoluteDifference:0.######}");
        var finding = new Finding(sentence)
        {
            Remedy = SafeText.Of($"Export from {final.File.Path}; if the trainer wrote the model at its end without a checkpoint, save one for the last epoch too, so that the export can be proven."),
            Evidence = measurements,
        };
        return Judgement.Of(sentence, measurements, [finding]);
    }

    /// <summary>The export is the final checkpoint and lacks some of its tensors.</summary>
    public Judgement LeavesOut(TrainingProgress source, ExportMatch match, IReadOnlyList<string> left)
    {
        var measurements = Measurements(source, match);
        var groups = FoldedNames.Fold(left);
        var shown = SafeText.Join(", ", groups.Take(4).Select(g => SafeText.From(g.Pattern)));
        var sentence = SafeText.Of($"{model.Path} holds weights of the final checkpoint {Describe(source)}, and lacks {left.Count} of its tensors: {shown}{(groups.Count > 4 ? ", …" : "")}");
        var finding = new Finding(sentence)
        {
            Remedy = SafeText.Of($"Export every tensor that inference needs, or name those that only training needs in trainingOnly."),
            Evidence = measurements,
        };
        return Judgement.Of(sentence, measurements, [finding]);
    }

    /// <summary>Names and contents of the checkpoints do not agree about which is the final one.</summary>
    public Judgement Contradicts(TrainingProgress higher, TrainingProgress lower, (TrainingProgress? Progress, ExportMatch? Match) source)
    {
        var measurements = Measurements(source.Progress, source.Match);
        var sentence = SafeText.Of($"the checkpoints' names and contents disagree about their order: {Inside(higher)}, and {Inside(lower)}");
        var finding = new Finding(sentence)
        {
            Remedy = SafeText.Of($"Find out which file was renamed or copied from another run; until then no export can be called final."),
            Evidence = measurements,
        };
        return Judgement.Of(sentence, measurements, [finding]);
    }

    private static SafeText Describe(TrainingProgress progress)
    {
        var step = progress.Step is { } s ? SafeText.Of($", step {s}") : SafeText.Empty;
        var epoch = progress.Epoch is { } e ? SafeText.Of($", epoch {e}") : SafeText.Empty;
        return SafeText.Of($"{progress.File.FileName}{step}{epoch}");
    }

    private static SafeText Inside(TrainingProgress progress)
    {
        var epoch = progress.Epoch is { } e ? SafeText.Of($" epoch {e}") : SafeText.Empty;
        var optimizer = progress.OptimizerStep is { } o ? SafeText.Of($" optimizer step {o}") : SafeText.Empty;
        return SafeText.Of($"{progress.File.FileName} holds{epoch}{(epoch.IsEmpty || optimizer.IsEmpty ? "" : " and")}{optimizer}");
    }

    // RVC writes "132epoch", GPT-SoVITS "12epoch_480iteration": any number of the label may be the epoch.
    private static bool Mentions(string label, long? number)
    {
        foreach (var match in Numbers().EnumerateMatches(label))
        {
            if (long.TryParse(label.AsSpan(match.Index, match.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var found) && found == number)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\d{1,18}", RegexOptions.None, 1000)]
    private static partial Regex Numbers();

    private Measurement[] Measurements(TrainingProgress? source, ExportMatch? match)
    {
        var byTime = FinalCheckpoints.LastByTime(all);
        return
        [
            ExportedStep.Info.Of(model.Path, source?.Step) with
            {
                Required = final.Step is { } step ? new Requirement(Relation.Equal, step) : null,
                Text = SafeText.From(source?.File.FileName),
            },
            EqualTensors.Info.Of(model.Path, match?.EqualKeys) with { Required = match is null ? null : new Requirement(Relation.Equal, match.Keys) },
            Choice(ChosenByStep.Info, final),
            Choice(ChosenByName.Info, FinalCheckpoints.LastByName(all)),
            byTime is null
                ? ChosenByTime.Info.Of(model.Path, null) with { Text = SafeText.Of($"unknown: the files' times are those of a copy") }
                : Choice(ChosenByTime.Info, byTime),
        ];
    }

    private static Measurement Choice(SignalInfo signal, TrainingProgress progress)
        => signal.Of(progress.File.Path, progress.Step) with { Text = SafeText.From(progress.File.FileName) };
}
