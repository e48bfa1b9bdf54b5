using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Lists;

/// <summary>A module list with another number of elements.</summary>
[KeyCauseOrder(270)]
internal sealed class BlockCount : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var left = ModuleLists.Of(at.Left.Names);
        var right = ModuleLists.Of(at.Right.Keys);
        var names = new List<string>();
        var lists = new SortedDictionary<string, (int Left, int Right)>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected.Concat(at.Missing))
        {
            foreach (var (list, index) in ModuleLists.In(name))
            {
                if (left.TryGetValue(list, out var there) && right.TryGetValue(list, out var wanted) && there.Count != wanted.Count && there.Contains(index) != wanted.Contains(index))
                {
                    names.Add(name);
                    lists[list] = (there.Count, wanted.Count);
                    break;
                }
            }
        }

        if (names.Count > 0)
        {
            yield return new Proposal("block-count", SafeText.Of(
                $"lists have another number of elements: {SafeText.Join(", ", lists.Take(4).Select(l => SafeText.Of($"{l.Value.Left} of {l.Key} in the checkpoint, {l.Value.Right} in the model")))}"))
            {
                Accounts = names,
            };
        }
    }
}
