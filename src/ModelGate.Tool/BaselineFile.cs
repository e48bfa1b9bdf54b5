using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Signals.Baselines;

namespace ModelGate.Tool;

/// <summary>A baseline that the user named.</summary>
internal static class BaselineFile
{
    /// <summary>Reads a baseline, or a JSON report as one.</summary>
    /// <exception cref="UsageException">It is neither, or cannot be read.</exception>
    public static GivenBaseline Read(string path, ReadLimits limits, CancellationToken cancellation)
    {
        using var file = OpenedFile.Open(path);
        using var budget = new ReadBudget(limits, cancellation);
        return file.Read(ArtifactRole.Baseline, budget) switch
        {
            Baseline baseline => new GivenBaseline(SafeText.From(path), baseline),
            RunReport { Record: var record } => new GivenBaseline(SafeText.From(path), BaselineReduction.Of([record])),
            var other => throw new UsageException(SafeText.Of($"{path} is not a baseline: it is read as {SafeText.From(other.Kind)}. A baseline is a file that modelgate baseline wrote, or a JSON report")),
        };
    }

    /// <summary>What a baseline calls a model: its folder below the one that was named; empty where that is the model's own.</summary>
    /// <param name="root">The path on the command line.</param>
    /// <param name="folder">The model's folder.</param>
    public static string NameOf(string root, string folder)
    {
        var below = Path.GetRelativePath(root, folder.Length == 0 ? "." : folder).Replace(Path.DirectorySeparatorChar, '/');
        return below == "." ? "" : below;
    }

    /// <summary>Says which models of a baseline are not among those that are judged: one that has disappeared is not one that is as good as before.</summary>
    public static IEnumerable<SafeText> Unseen(IReadOnlyList<EvaluationPlan> plans)
    {
        if (plans is not [{ Baseline: { Content.Models: [_, _, ..] models } given }, ..])
        {
            yield break;
        }

        var seen = plans.Select(p => given.Content.ModelOf(p.FullFolder, p.IsOneOfSeveral)).ToHashSet();
        SafeText[] unseen = [.. models.Where(m => !seen.Contains(m)).Select(m => m.Name)];
        if (unseen.Length > 0)
        {
            yield return SafeText.Of($"{SafeText.Count(unseen.Length, "model")} of {given.Name} {SafeText.From(unseen.Length == 1 ? "is" : "are")} not among those that are judged: {SafeText.Join(", ", unseen)}");
        }
    }
}
