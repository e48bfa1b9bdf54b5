using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation.Tracing;

/// <summary>Puts into words where a model's weights come from.</summary>
/// <param name="model">The model's path.</param>
/// <param name="export">The model's tensors.</param>
/// <param name="candidates">The checkpoints, the nearest first.</param>
internal sealed class TraceSentence(string model, TensorDigests export, IReadOnlyList<TracedCheckpoint> candidates)
{
    private const int MostCopies = 3;

    /// <summary>Whether the model is nearer to each of the first two candidates than these are to each other.</summary>
    public bool IsBetween { get; init; }

    /// <summary>What was found where it is no merge.</summary>
    /// <param name="unread">How many files could not be compared.</param>
    public (TraceOrigin Origin, SafeText Text) Of(int unread)
    {
        if (candidates.Count == 0)
        {
            return (TraceOrigin.Unknown, unread > 0
                ? SafeText.Of($"there was nothing to compare {model} with: {SafeText.Count(unread, "file")} could not be read")
                : SafeText.Of($"there was nothing to compare {model} with: no checkpoint was found"));
        }

        var nearest = candidates[0];
        if (nearest.IsEqual)
        {
            return (TraceOrigin.Equal, Equal(nearest));
        }

        return nearest.Pairing.Match.Absent == nearest.Pairing.Match.Keys
            ? (TraceOrigin.Foreign, SafeText.Of($"{model} has no tensor in common with {All()}, under all renamings that are known"))
            : (TraceOrigin.Nearest, Nearest(nearest));
    }

    /// <summary>The model is a weighted mean of two.</summary>
    public SafeText OfMerge(TracedCheckpoint one, TracedCheckpoint other, double share, int samples)
        => SafeText.Of($"{model} is a merge: {share:0.###} of {Name(one)} and {1 - share:0.###} of {Name(other)}, within rounding, in {samples} elements spread over all of its {export.ByName.Count} tensors");

    /// <summary>A checkpoint with its step and epoch.</summary>
    public static SafeText Name(TracedCheckpoint checkpoint)
    {
        var step = checkpoint.Progress.Step is { } s ? SafeText.Of($", step {s}") : SafeText.Empty;
        var epoch = checkpoint.Progress.Epoch is { } e ? SafeText.Of($", epoch {e}") : SafeText.Empty;
        return SafeText.Of($"{checkpoint.Path}{step}{epoch}");
    }

    private SafeText Equal(TracedCheckpoint source)
    {
        var pairing = source.Pairing;
        var match = pairing.Match;
        var what = pairing.Set.IsAverage ? SafeText.Of($"the EMA weights") : SafeText.Of($"the weights");
        var rounded = Rounding(pairing.Names.Count > 0 ? source : null);
        var under = pairing.Prefix.Length > 0 ? SafeText.Of($"; they are under {SafeText.From(pairing.Prefix.TrimEnd('.'))} there") : SafeText.Empty;
        var computed = pairing.Computed > 0 ? SafeText.Of($"; {pairing.Computed} of them computed from others, as a folded weight norm is") : SafeText.Empty;
        var left = pairing.Left;
        var groups = FoldedNames.Fold(left);
        var lacks = left.Count == 0 ? SafeText.Empty
            : SafeText.Of($"; {left.Count} of its tensors are left out: {SafeText.Join(", ", groups.Take(3).Select(g => SafeText.From(g.Pattern)))}{(groups.Count > 3 ? ", …" : "")}");
        var others = candidates.Skip(1).Where(c => c.IsEqual).ToArray();
        var copies = others.Length == 0 ? SafeText.Empty
            : SafeText.Of($"; so do{(others.Length == 1 ? "es" : "")} {SafeText.Join(", ", others.Take(MostCopies).Select(c => SafeText.From(c.Path)))}{(others.Length > MostCopies ? $" and {others.Length - MostCopies} more" : "")}");
        return SafeText.Of($"{model} holds {what} of {Name(source)}{Place(source)}: {match.EqualElements} of {match.Elements} elements in {match.Keys} tensors are equal{rounded}{computed}{under}{lacks}{copies}");
    }

    private SafeText Nearest(TracedCheckpoint nearest)
    {
        var match = nearest.Pairing.Match;
        var near = SafeText.Of($"the nearest is {Name(nearest)}, {Apart(nearest)}, with {match.EqualKeys} of {match.Keys} tensors equal");
        var next = candidates.Skip(1).FirstOrDefault(c => c.Distance is not null && c.Pairing.Match.Absent == match.Absent);
        var then = next is null ? SafeText.Empty
            : IsBetween && next == candidates[1]
                ? SafeText.Of($", then {Name(next)}, {Apart(next)}: it may have been saved between them")
                : SafeText.Of($", then {Name(next)}, {Apart(next)}");
        return SafeText.Of($"{model} holds the weights of none of {SafeText.Count(candidates.Count, "checkpoint")}; {near}{then}");
    }

    private static SafeText Apart(TracedCheckpoint checkpoint)
        => checkpoint.Distance is { } distance ? SafeText.Of($"{distance:G3} away on average") : SafeText.Of($"of which no element can be compared");

    // "the last of 3 checkpoints", "the best, as G_9.ckpt records": among those that have the model's tensors.
    private SafeText Place(TracedCheckpoint source)
    {
        var comparable = candidates.Where(c => c.Pairing.Match.Absent == 0 && (c.Progress.Step ?? c.Progress.Epoch) is not null).Select(c => c.Progress).ToArray();
        var last = FinalCheckpoints.Of(comparable);
        var isLast = last.Contains(source.Progress);
        var best = FinalCheckpoints.Best(comparable, last.Select(p => p.Best).OfType<string>().FirstOrDefault());
        var words = new List<SafeText>();
        if (best.Contains(source.Progress))
        {
            words.Add(last.Any(p => p.Best is not null) ? SafeText.Of($"the best, as the trainer records") : SafeText.Of($"the best, as its name says"));
        }

        if (comparable.Length > 1 && last.Count > 0 && comparable.Contains(source.Progress))
        {
            words.Add(isLast ? SafeText.Of($"the last of {comparable.Length} checkpoints") : SafeText.Of($"not the last of {comparable.Length} checkpoints, which is {last[0].File.Path}"));
        }

        return words.Count == 0 ? SafeText.Empty : SafeText.Of($" ({SafeText.Join("; ", words)})");
    }

    private SafeText Rounding(TracedCheckpoint? source)
    {
        if (source is null)
        {
            return SafeText.Empty;
        }

        foreach (var (name, key) in source.Pairing.Names)
        {
            if (export.ByName.TryGetValue(name, out var ours) && source.Pairing.Set.ByName.TryGetValue(key.CopyOf ?? key.Origin.From[0], out var theirs) && ours.DType != theirs.DType)
            {
                return ours.DType == DType.Float16 ? SafeText.Of($", rounded to half precision") : SafeText.Of($", converted to {ours.DType.Name()}");
            }
        }

        return SafeText.Empty;
    }

    private SafeText All() => candidates.Count == 1 ? SafeText.From(candidates[0].Path) : SafeText.Of($"any of {candidates.Count} checkpoints");
}
