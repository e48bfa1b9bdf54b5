using System.Globalization;
using ModelGate.Architecture.Keys;
using ModelGate.Runs;

namespace ModelGate.Gates.Keys;

/// <summary>Keys by the parts of their names, each with how it differs; equal subtrees under indices become one.</summary>
internal sealed class KeyTrie
{
    // A name may hold any number of dots. What lies deeper stays one part, so that nothing here recurses further.
    private const int DeepestPart = 16;

    private readonly Node root = new("");

    /// <summary>Adds a key.</summary>
    public void Add(string name, NodeState state, SafeText detail)
    {
        var node = root;
        foreach (var part in name.Split('.', DeepestPart))
        {
            node = node.Child(part);
        }

        node.Leaf = (state, detail);
    }

    /// <summary>The tree with equal siblings folded.</summary>
    public Branch Fold() => Fold(root, []);

    private static Branch Fold(Node node, Dictionary<string, int> structures)
    {
        var groups = new Dictionary<(bool IsIndex, string Label, int Structure), (List<Branch> Members, List<int> Indices)>();
        foreach (var child in node.Children)
        {
            var branch = Fold(child, structures);
            var isIndex = int.TryParse(child.Label, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
            var key = (isIndex, isIndex ? "" : child.Label, branch.Structure);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = ([], []));
            }

            group.Members.Add(branch);
            group.Indices.Add(index);
        }

        var children = groups
            .Select(g => g.Key.IsIndex
                ? Merge(g.Value.Members) with { Label = IndexSet.Format([.. g.Value.Indices.Distinct().Order()]) }
                : g.Value.Members[0])
            .ToArray();
        var states = children.Select(c => c.State);
        var state = (node.Leaf is { } leaf ? states.Append(leaf.State) : states).Distinct().ToArray() is [var only] ? only : NodeState.Mixed;
        var count = children.Sum(c => c.Count) + (node.Leaf is null ? 0 : 1);
        return new Branch(node.Label, state, node.Leaf?.Detail ?? default, node.Leaf is not null, count, children, StructureOf(node, children, structures));
    }

    private static Branch Merge(List<Branch> members)
    {
        var first = members[0];
        return members.Count == 1 ? first : first with
        {
            Count = members.Sum(m => m.Count),
            Detail = members.All(m => m.Detail == first.Detail) ? first.Detail : SafeText.Of($"of several shapes"),
            Children = [.. first.Children.Select((_, i) => Merge([.. members.Select(m => m.Children[i])]))],
        };
    }

    // Two subtrees that differ in shapes at most get one number, so that comparing them costs nothing however large they are.
    private static int StructureOf(Node node, Branch[] children, Dictionary<string, int> structures)
    {
        var parts = children.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Label.Length} {c.Label} {c.Structure}"));
        var structure = $"{node.Leaf?.State}\n{string.Join('\n', parts)}";
        return structures.TryGetValue(structure, out var known) ? known : structures[structure] = structures.Count;
    }

    /// <summary>A folded subtree.</summary>
    internal sealed record Branch(string Label, NodeState State, SafeText Detail, bool IsKey, int Count, IReadOnlyList<Branch> Children, int Structure);

    private sealed class Node(string label)
    {
        private readonly Dictionary<string, Node> byLabel = new(StringComparer.Ordinal);

        public string Label { get; } = label;

        public List<Node> Children { get; } = [];

        public (NodeState State, SafeText Detail)? Leaf { get; set; }

        public Node Child(string part)
        {
            if (!byLabel.TryGetValue(part, out var child))
            {
                byLabel.Add(part, child = new Node(part));
                Children.Add(child);
            }

            return child;
        }
    }
}
