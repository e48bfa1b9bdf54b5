using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Architecture.Keys;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Puts into words where an exported model comes from.</summary>
internal sealed partial class ExportReport(ExportCandidates run, CheckpointPolicy policy)
{
    private const int MostUnplaced = 3;

    private readonly RoleFile model = run.Model;
    private readonly string? label = run.Export.Label;
    private readonly TrainingProgress final = run.Finals[0];
    private readonly IReadOnlyList<TrainingProgress> all = run.Progress;

    private string Wanted => policy == CheckpointPolicy.Best ? "best" : "final";

    /// <summary>The export is the final checkpoint, and whole.</summary>
    public Judgement IsFinal(TrainingProgress source, ExportPairing pairing) => Judgement.Of(Equality(source, pairing), Measurements(source, pairing.Match), []);

    /// <summary>The export is the last checkpoint whose place is known, and there are others.</summary>
    public Judgement MayBeEarlier(TrainingProgress source, ExportPairing pairing, IReadOnlyList<TrainingProgress> unplaced)
        => Judgement.Inconclusive(SafeText.Of(
            $"{Equality(source, pairing)}; but {SafeText.Join(", ", unplaced.Take(MostUnplaced).Select(p => SafeText.From(p.File.Path)))}{(unplaced.Count > MostUnplaced ? $" and {unplaced.Count - MostUnplaced} more" : "")} {(unplaced.Count == 1 ? "states no step or epoch, and holds other weights: it" : "state no step or epoch, and hold other weights: they")} may be later. Take {(unplaced.Count == 1 ? "it" : "them")} out of the role checkpoints, or put the step into the name"))
            with { Measurements = Measurements(source, pairing.Match) };

    /// <summary>The export is the newest checkpoint, and the log tells of more than that holds.</summary>
    public Judgement IsBehindLog(TrainingProgress source, ExportPairing pairing, IReadOnlyList<Finding> contradictions)
        => Judgement.Of(contradictions[0].Message, Measurements(source, pairing.Match), contradictions);

    /// <summary>The export is one of several, and another is the one that has to be final.</summary>
    public Judgement IsAnother(RoleFile later)
    {
        var name = run.Stated.Name;
        var judged = SafeText.Of($"{later.FileName} is judged as the {(policy == CheckpointPolicy.Best ? "best" : "last")} one");
        if (run.Source is not { } found || found.Pairing.Match.Telling == 0)
        {
            // RVC and Applio write both files at once: one that says the epoch of a checkpoint holds its weights.
            return run.All.FirstOrDefault(p => name.Epoch is { } said ? p.Epoch == said : name.IsLabelled && p.StatedStep == name.Step) is { } namesake
                ? Judgement.Of(
                    SafeText.Of($"{model.Path} does not hold the weights of {Describe(namesake)}, as its name says, nor those of any other checkpoint"),
                    Measurements(null, null),
                    [new Finding(SafeText.Of($"{model.Path} says in its name that it is of {Describe(namesake)}, and holds other weights")) { Remedy = SafeText.Of($"Export it again, or take it away.") }])
                : Judgement.Of(SafeText.Of($"{model.Path} is another export of the run, as its name says, and its checkpoint is not kept: {judged}"), Measurements(null, null), []);
        }

        var measurements = Measurements(found.Progress, found.Pairing.Match);
        var saysOther = (name.Epoch is { } epoch && found.Progress.Epoch is { } held && epoch != held)
            || (name.Epoch is null && name.Step is { } step && found.Progress.StatedStep is { } at && step != at);
        var isAlsoFinal = run.Finals.Contains(found.Progress);
        var sentence = isAlsoFinal
            ? Equality(found.Progress, found.Pairing)
            : SafeText.Of($"{model.Path} is another export of the run, of {Describe(found.Progress)}: {judged}");
        return saysOther
            ? Judgement.Of(sentence, measurements, [new Finding(SafeText.Of($"{model.Path} holds the weights of {Describe(found.Progress)}, and its name says otherwise"))])
            : Judgement.Of(sentence, measurements, []);
    }

    /// <summary>The export is another checkpoint.</summary>
    public Judgement ComesFrom(TrainingProgress source, ExportPairing pairing)
    {
        var measurements = Measurements(source, pairing.Match);
        var what = pairing.Set.IsAverage ? SafeText.Of($"the EMA weights of ") : SafeText.Empty;
        var aside = run.Aside.Contains(source) ? SafeText.Of($", which is not a checkpoint of this run but what it started from") : SafeText.Empty;
        var sentence = SafeText.Of($"{model.Path} was exported from {what}{Describe(source)}{aside}; the {Wanted} one is {Describe(final)}");
        var findings = new List<Finding>
        {
            new(sentence)
            {
                Remedy = policy == CheckpointPolicy.Best
                    ? SafeText.Of($"Export the model again from {final.File.Path}.")
                    : SafeText.Of($"Export the model again from {final.File.Path}, and choose it by its step as a number."),
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

    /// <summary>The export equals a checkpoint in nothing but constants.</summary>
    public Judgement ProvesNothing(TrainingProgress source, ExportPairing pairing)
        => Judgement.Inconclusive(SafeText.Of($"{model.Path} equals {Describe(source)}, and proves nothing by it: no tensor of either holds two different finite numbers")) with
        {
            Measurements = Measurements(null, pairing.Match),
        };

    /// <summary>No checkpoint holds the weights of the export.</summary>
    public Judgement HasNoSource()
    {
        var nearest = run.Nearest();
        if (nearest.All(n => n.Pairing.Match.Absent == n.Pairing.Match.Keys))
        {
            return SharesNothing();
        }

        var (progress, match) = run.Ranked().OrderByDescending(r => r.Match.EqualElements).ThenBy(r => r.Match.Absent)
            .ThenBy(r => double.IsNaN(r.Match.MeanAbsoluteDifference) ? double.MaxValue : r.Match.MeanAbsoluteDifference).First();
        var measurements = Measurements(null, match);
        var near = SafeText.Of($"the nearest is {Describe(progress)}, with {match.EqualKeys} of {match.Keys} tensors equal, {match.Absent} absent there, and a mean absolute difference of {match.MeanAbsoluteDifference:0.######}");
        if (Unkept() is { IsEmpty: false } unkept)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} says that it is of {unkept}, of which no checkpoint is kept, and holds the weights of none of {all.Count} checkpoints: where it comes from cannot be proven; {near}")) with
            {
                Measurements = measurements,
            };
        }

        if (match.Absent > 0 && match.EqualKeys + match.Absent == match.Keys)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} cannot be proven to be an export of any of {SafeText.Count(all.Count, "checkpoint")}: what they have in common is equal, and {match.Absent} of its {match.Keys} tensors are there in no form that is known; {near}")) with
            {
                Measurements = measurements,
            };
        }

        var sentence = SafeText.Of($"{model.Path} holds the weights of none of {SafeText.Count(all.Count, "checkpoint")}; {near}");
        return Judgement.Of(sentence, measurements, [new Finding(sentence)
        {
            Remedy = SafeText.Of($"Export from {final.File.Path}; if the trainer wrote the model at its end without a checkpoint, save one for the last epoch too, so that the export can be proven."),
            Evidence = measurements,
        }]);
    }

    // No name, under any rule, leads to a tensor of its shape. That is another network only where the shapes are others too.
    private Judgement SharesNothing()
    {
        var shapes = run.Export.ByName.Values.Where(t => t.Shape.Count(d => d > 1) >= 2).Select(Sizes).ToArray();
        var found = run.All.SelectMany(run.SetsOf).SelectMany(s => s.ByName.Values).Select(Sizes).ToHashSet(StringComparer.Ordinal);
        var measurements = Measurements(null, run.Nearest()[0].Pairing.Match);
        if (shapes.Length > 0 && shapes.Count(found.Contains) * 10 < shapes.Length)
        {
            var sentence = SafeText.Of($"{model.Path} shares no tensor with any of {all.Count} checkpoints, and {shapes.Length - shapes.Count(found.Contains)} of its {shapes.Length} weights have shapes that no checkpoint has: it is not an export of this run");
            return Judgement.Of(sentence, measurements, [new Finding(sentence) { Remedy = SafeText.Of($"Export from {final.File.Path}."), Evidence = measurements }]);
        }

        return Judgement.Inconclusive(SafeText.Of($"no name in {model.Path} leads to a tensor of any of {SafeText.Count(all.Count, "checkpoint")}, under all renamings that are known: whether it is an export of this run cannot be proven")) with { Measurements = measurements };
    }

    // The order of the dimensions aside: a converter may have transposed them.
    private static string Sizes(TensorDigest tensor) => string.Join('x', tensor.Shape.Where(d => d > 1).Order());

    // What the export says of itself, where none of the checkpoints says the same.
    private SafeText Unkept()
    {
        var name = run.Stated.Name;
        long[] epochs = name.Epoch is { } named ? [named]
            : run.Stated.Epoch is { } stated ? [stated]
            : label is not null ? [.. Numbers().Matches(label).Select(m => long.TryParse(m.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).Where(n => n >= 0)]
            : [];
        if (epochs.Length > 0 && all.All(p => p.Epoch is not null) && !all.Any(p => epochs.Contains(p.Epoch!.Value)))
        {
            return SafeText.Of($"epoch {epochs[0]}");
        }

        var step = name.IsLabelled ? name.Step : run.Stated.GlobalStep ?? run.Stated.ContentStep;
        return epochs.Length == 0 && step is { } at && all.All(p => p.StatedStep is not null) && !all.Any(p => p.StatedStep == at) ? SafeText.Of($"step {at}") : SafeText.Empty;
    }

    // "holds the EMA weights of the final checkpoint G_2376.pth, step 2376: 10 of 10 elements in 2 tensors are equal", and how names changed.
    private SafeText Equality(TrainingProgress source, ExportPairing pairing)
    {
        var match = pairing.Match;
        var sets = run.SetsOf(source);
        var what = pairing.Set.IsAverage ? SafeText.Of($"the EMA weights") : sets.Any(s => s.IsAverage) && sets.Any(s => !s.IsAverage) ? SafeText.Of($"the raw weights, not the EMA,") : SafeText.Of($"the weights");
        var under = pairing.Prefix.Length > 0 ? SafeText.Of($", which are under {SafeText.From(pairing.Prefix.TrimEnd('.'))} there") : SafeText.Empty;
        var computed = pairing.Computed > 0 ? SafeText.Of($"; {Counted(pairing.Computed)} computed from others, as a folded weight norm is, and equal but for rounding") : SafeText.Empty;
        var renamed = pairing.ByContent.Count > 0 ? SafeText.Of($"; {Counted(pairing.ByContent.Count)} named otherwise there, such as {SafeText.From(pairing.ByContent.First().Key)}, which is {SafeText.From(pairing.ByContent.First().Value)}") : SafeText.Empty;
        var aside = run.Aside.Count > 0 ? SafeText.Of($"; {SafeText.Join(", ", run.Aside.Take(3).Select(a => SafeText.From(a.File.FileName)))} holds no optimizer, as the run's checkpoints do, and does not count") : SafeText.Empty;
        var last = run.Last is [var latest, ..] && !run.Last.Contains(source) ? SafeText.Of($"; the last one is {Describe(latest)}") : SafeText.Empty;
        return SafeText.Of($"{model.Path} holds {what} of the {Wanted} checkpoint {Describe(source)}{under}: {match.EqualElements} of {match.Elements} elements in {match.Keys} tensors are equal{computed}{renamed}{aside}{last}");
    }

    /// <summary>The export is the final checkpoint and lacks some of its tensors.</summary>
    public Judgement LeavesOut(TrainingProgress source, ExportPairing pairing, IReadOnlyList<string> left)
    {
        var measurements = Measurements(source, pairing.Match);
        var groups = FoldedNames.Fold(left);
        var shown = SafeText.Join(", ", groups.Take(4).Select(g => SafeText.From(g.Pattern)));
        var sentence = SafeText.Of($"{model.Path} holds weights of the {Wanted} checkpoint {Describe(source)}, and lacks {left.Count} of its tensors: {shown}{(groups.Count > 4 ? ", …" : "")}");
        var finding = new Finding(sentence)
        {
            Remedy = SafeText.Of($"Export every tensor that inference needs, or name those that only training needs in trainingOnly."),
            Evidence = measurements,
        };
        return Judgement.Of(sentence, measurements, [finding]);
    }

    /// <summary>Names and contents of the checkpoints do not agree about which is the final one.</summary>
    public Judgement Contradicts(TrainingProgress higher, TrainingProgress lower)
    {
        var measurements = Measurements(run.Source?.Progress, run.Source?.Pairing.Match);
        var sentence = SafeText.Of($"the checkpoints' names and contents disagree about their order: {Inside(higher)}, and {Inside(lower)}");
        var finding = new Finding(sentence)
        {
            Remedy = SafeText.Of($"Find out which file was renamed or copied from another run; until then no export can be called final."),
            Evidence = measurements,
        };
        return Judgement.Of(sentence, measurements, [finding]);
    }

    private static string Counted(int count) => count == 1 ? "one of them is" : string.Create(CultureInfo.InvariantCulture, $"{count} of them are");

    private SafeText Describe(TrainingProgress progress)
    {
        // Hugging Face's checkpoints are folders of files with the same names.
        var name = progress.File.FileName == model.FileName || run.All.Any(p => p != progress && p.File.FileName == progress.File.FileName) ? progress.File.Path : progress.File.FileName;
        var step = progress.Step is { } s ? SafeText.Of($", step {s}") : SafeText.Empty;
        var epoch = progress.Epoch is { } e ? SafeText.Of($", epoch {e}") : SafeText.Empty;
        return SafeText.Of($"{name}{step}{epoch}");
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

    [GeneratedRegex(@"\d{1,18}", RegexOptions.None, 10_000)]
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
