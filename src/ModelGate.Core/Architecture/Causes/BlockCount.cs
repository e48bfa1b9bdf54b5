namespace ModelGate.Architecture.Causes;

/// <summary>HiFi-GAN's residual blocks of type 1 (<c>convs1</c>, <c>convs2</c>) on one side, of type 2 (<c>convs</c>) on the other.</summary>
internal sealed class ResidualBlockType : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var (left, right) = (TypeOf(at.Unexpected), TypeOf(at.Missing));
        if (left != right && left > 0 && right > 0)
        {
            yield return new Proposal("resblock-type", SafeText.Of(
                $"the checkpoint's residual blocks are of type {left} ({Names(left)}), the model's of type {right} ({Names(right)}): set resblock to \"{left}\""))
            {
                Accounts = [.. at.Unexpected.Concat(at.Missing).Concat(at.Shapes).Where(n => KeySpelling.HasPart(n, "resblocks"))],
            };
        }
    }

    private static int TypeOf(List<string> names)
        => names.Any(n => KeySpelling.HasPart(n, "resblocks") && KeySpelling.HasPart(n, "convs1")) ? 1
            : names.Any(n => KeySpelling.HasPart(n, "resblocks") && KeySpelling.HasPart(n, "convs")) ? 2 : 0;

    private static string Names(int type) => type == 1 ? "convs1 and convs2" : "convs";
}

/// <summary>A module list with another number of elements.</summary>
internal sealed class BlockCount : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var left = KeyLists.Of(at.Left.Keys.Keys);
        var right = KeyLists.Of(at.Right.Keys);
        var names = new List<string>();
        var lists = new SortedDictionary<string, (int Left, int Right)>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected.Concat(at.Missing))
        {
            foreach (var (list, index) in KeyLists.In(name))
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
