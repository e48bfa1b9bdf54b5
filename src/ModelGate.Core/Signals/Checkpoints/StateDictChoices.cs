using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Signals.Checkpoints;

/// <summary>In which checkpoints of a run the chosen container was, and what the others have: a name that none of them has is a slip. Safe for several threads.</summary>
internal sealed class StateDictChoices
{
    private const int MostKinds = 4;

    private readonly Lock access = new();
    private readonly SortedDictionary<string, IReadOnlyList<string>> lacking = new(StringComparer.Ordinal);
    private bool isFound;

    /// <summary>Takes note of a checkpoint.</summary>
    public void Add(string path, ArtifactRole role, Checkpoint checkpoint, string? chosen)
    {
        if (chosen is null || role is ArtifactRole.Architecture or ArtifactRole.Pitch or ArtifactRole.FinePitch or ArtifactRole.Features)
        {
            return;
        }

        lock (access)
        {
            if (StateDictChoice.Has(checkpoint, chosen))
            {
                isFound = true;
            }
            else
            {
                lacking[path] = StateDictChoice.Containers(checkpoint);
            }
        }
    }

    /// <summary>What is wrong with the choice, and what could be chosen; empty where a checkpoint has it, or none was read.</summary>
    public SafeText Problem(string? chosen)
    {
        lock (access)
        {
            return isFound || lacking.Count == 0
                ? SafeText.Empty
                : SafeText.Of($"no checkpoint has a container \"{chosen}\": {SafeText.Join("; ", Alike().Take(MostKinds).Select(a => SafeText.Of($"{a.First}{SafeText.From(a.Count > 1 ? $" and {a.Count - 1} more have" : " has")} {a.Containers}")))}");
        }
    }

    private IEnumerable<(string First, int Count, SafeText Containers)> Alike()
        => lacking.GroupBy(l => StateDictChoice.List(l.Value)).Select(g => (g.First().Key, g.Count(), g.Key));
}
