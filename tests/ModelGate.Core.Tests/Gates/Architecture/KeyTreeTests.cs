using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates;

public class KeyTreeTests
{
    [Fact]
    public void Equal_numbered_parts_are_one_line_whatever_their_shapes()
    {
        var tree = Tree("m.0.w:3 m.0.b:1 m.1.w:5 m.1.b:1 m.2.w:7 m.2.b:1", "m.0.w:3 m.1.w:5 m.2.w:7");
        Lines(tree).Should().Equal(
            "m.{0..2} 6 Mixed", "  w 3 Same (of several shapes)", "  b 3 Unexpected (1)");
    }

    [Fact]
    public void A_part_that_differs_stands_alone()
        => Lines(Tree("a.0.w:1 a.1.w:2 a.2.w:1", "a.0.w:1 a.1.w:1 a.2.w:1")).Should().Equal(
            "a 3 Mixed", "  {0,2}.w 2 Same (1)", "  1.w 1 Different (2 in place of 1)");

    [Fact]
    public void What_matches_shows_its_outline()
        => Lines(Tree("a.b.c.d.e:1 a.b.c.f.g:1 a.x:1", "a.b.c.d.e:1 a.b.c.f.g:1 a.x:1")).Should().Equal("a 3 Same", "  b.c 2 Same", "  x 1 Same (1)");

    [Fact]
    public void Many_siblings_are_cut_and_counted_and_those_that_differ_stay()
    {
        var same = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"k{i}x:1"));
        var tree = Tree(same + " odd:1", same);
        tree.Roots.Should().HaveCount(40).And.Contain(n => n.State == NodeState.Unexpected);
        tree.Hidden.Should().Be(61);
    }

    [Fact]
    public void A_name_of_a_thousand_dots_is_no_deeper_than_others()
        => Lines(Tree(string.Join('.', Enumerable.Repeat("d", 1000)) + ":1", "")).Should().ContainSingle().Which.Should().EndWith("1 Unexpected (1)");

    [Fact]
    public void A_key_may_be_the_beginning_of_another()
        => Lines(Tree("a:1 a.b:2", "a:1")).Should().Equal("a 2 Mixed (1)", "  b 1 Unexpected (2)");

    private static TreeExhibit Tree(string found, string expected)
    {
        return KeyTree.Of("m.pth", "a.json", KeyComparison.Of(Keys(found), Keys(expected)));
    }

    private static Dictionary<string, ExpectedKey> Keys(string keys)
        => Parse(keys).ToDictionary(k => k.Name, k => new ExpectedKey([k.Size], null), StringComparer.Ordinal);

    private static IEnumerable<(string Name, long Size)> Parse(string keys)
        => keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => k.Split(':')).Select(k => (k[0], long.Parse(k[1])));

    private static IEnumerable<string> Lines(TreeExhibit tree) => tree.Roots.SelectMany(r => Lines(r, ""));

    private static IEnumerable<string> Lines(TreeNode node, string indent)
        => node.Children.SelectMany(c => Lines(c, indent + "  ")).Prepend($"{indent}{node.Label} {node.Count} {node.State}{(node.Detail.IsEmpty ? "" : $" ({node.Detail})")}");
}
