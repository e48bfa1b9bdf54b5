using ModelGate.Architecture.Keys;
using ModelGate.Runs;

namespace ModelGate.Gates.Keys;

/// <summary>The tree of a model's keys beside the expected ones, small enough to look at however many keys there are.</summary>
internal static class KeyTree
{
    private const int MostChildren = 40;
    private const int MostNodes = 1200;

    // What matches is worth a look at its outline only.
    private const int DeepestMatch = 1;

    /// <summary>The tree of the keys that are compared.</summary>
    public static TreeExhibit Of(string model, string source, KeyComparison keys)
    {
        var trie = new KeyTrie();
        foreach (var (name, expected) in keys.Right)
        {
            var found = keys.Left.ShapeOf(name);
            var isSame = found?.SequenceEqual(expected.Shape) == true;
            trie.Add(name, found is null ? NodeState.Missing : isSame ? NodeState.Same : NodeState.Different,
                found is null || isSame ? Shape(expected.Shape) : SafeText.Of($"{Shape(found)} in place of {Shape(expected.Shape)}"));
        }

        foreach (var name in keys.Unexpected)
        {
            trie.Add(name, NodeState.Unexpected, Shape(keys.LeftShape(name)));
        }

        var root = trie.Fold();
        var kept = Keep(root);
        return new TreeExhibit(SafeText.Of($"Keys of {model} against {source}"), Nodes(root, kept))
        {
            Hidden = HiddenUnder(root, kept),
            Description = SafeText.Of($"{keys.Left.Count} keys against {keys.Right.Count} expected; equal numbered parts are folded into one line"),
        };
    }

    // Breadth first, so that the outermost parts are always there; of too many siblings those that differ.
    private static HashSet<KeyTrie.Branch> Keep(KeyTrie.Branch root)
    {
        var kept = new HashSet<KeyTrie.Branch>(ReferenceEqualityComparer.Instance);
        var next = new Queue<(KeyTrie.Branch Branch, int Depth)>([(root, 0)]);
        while (next.TryDequeue(out var at))
        {
            // An only child shares its parent's line.
            var isChain = !ReferenceEquals(at.Branch, root) && at.Branch.Children.Count == 1;
            if (at.Branch.State == NodeState.Same && at.Depth > DeepestMatch && !isChain)
            {
                continue;
            }

            foreach (var child in at.Branch.Children.OrderBy(c => c.State == NodeState.Same).Take(MostChildren))
            {
                if (kept.Count == MostNodes)
                {
                    return kept;
                }

                kept.Add(child);
                next.Enqueue((child, isChain ? at.Depth : at.Depth + 1));
            }
        }

        return kept;
    }

    private static IReadOnlyList<TreeNode> Nodes(KeyTrie.Branch branch, HashSet<KeyTrie.Branch> kept)
        => [.. branch.Children.Where(kept.Contains).Select(child => NodeOf(child, kept))];

    private static TreeNode NodeOf(KeyTrie.Branch branch, HashSet<KeyTrie.Branch> kept)
    {
        var (label, count) = (SafeText.From(branch.Label, 120), branch.Count);
        while (!branch.IsKey && branch.Children is [var only] && kept.Contains(only))
        {
            label = SafeText.Of($"{label}.{SafeText.From(only.Label, 120)}");
            branch = only;
        }

        var children = Nodes(branch, kept);
        return new TreeNode(label, branch.State, count, children)
        {
            Detail = branch.Detail,
            Hidden = children.Count > 0 || branch.State != NodeState.Same ? HiddenUnder(branch, kept) : 0,
        };
    }

    private static int HiddenUnder(KeyTrie.Branch branch, HashSet<KeyTrie.Branch> kept)
        => branch.Children.Where(c => !kept.Contains(c)).Sum(c => c.Count);

    private static SafeText Shape(IReadOnlyList<long> shape)
        => shape.Count == 0 ? SafeText.Of($"scalar") : SafeText.Of($"{string.Join(" × ", shape.Take(8))}{(shape.Count > 8 ? " × …" : "")}");
}
