using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Keys;

namespace ModelGate.Tests.Architecture.Keys;

public class FoldedNamesTests
{
    [Theory]
    [InlineData("a.0.w,a.1.w,a.2.w", "a.{0..2}.w x3")]
    [InlineData("a.0.w,a.1.w", "a.{0,1}.w x2")]
    [InlineData("a.0.w,a.2.w,a.4.w,a.6.w", "a.{0,2,4,6}.w x4")]
    [InlineData("a.0,a.1,a.2,a.5,a.7,a.8,a.9", "a.{0..2,5,7..9} x7")]
    [InlineData("a.0.b.0,a.0.b.1,a.0.b.2,a.1.b.0,a.1.b.1,a.1.b.2", "a.{0,1}.b.{0..2} x6")]
    [InlineData("a.w,b.w", "a.w x1; b.w x1")]
    [InlineData("conv1.w,conv2.w", "conv1.w x1; conv2.w x1")]
    [InlineData("a.00.w,a.0.w", "a.00.w x1; a.0.w x1")]
    [InlineData("a..w,.", "a..w x1; . x1")]
    public void Fold_names_that_differ_only_in_their_indices_into_one_pattern(string names, string expected)
        => string.Join("; ", FoldedNames.Fold(names.Split(',')).Select(g => $"{g.Pattern} x{g.Count}")).Should().Be(expected);

    [Fact]
    public void Keep_names_apart_where_a_detail_differs()
        => FoldedNames.Fold([("a.0.w", "[1]"), ("a.1.w", "[2]")], n => n.Item1, n => n.Item2).Should().HaveCount(2);

    [Fact]
    public void Fold_in_the_order_that_sorted_names_would_have()
    {
        string[] names = ["b.10.w", "b.9.w", "b.9.b", "a.w", "b.10.b"];

        FoldedNames.FoldInOrder(names).Should().Equal(FoldedNames.Fold(names.Order(StringComparer.Ordinal)));
    }

    // A hostile name must not look like an index, nor break the bookkeeping of those that are.
    [Fact]
    public void Keep_a_name_with_a_null_character_apart_from_an_index()
        => FoldedNames.Fold(["a.\0.w", "a.3.w"]).Select(g => g.Pattern).Should().Equal("a.\\x00.w", "a.3.w");

    // What the tool prints can be copied into a configuration's pattern, and means the same names there.
    [Theory]
    [InlineData("mrfs.0.conv.bias,mrfs.1.conv.bias,mrfs.2.conv.bias,mrfs.3.conv.bias")]
    [InlineData("a.0.w,a.1.w,a.5.w,a.6.w,a.7.w,a.9.w")]
    [InlineData("a.0.b.0,a.0.b.1,a.0.b.2,a.4.b.0,a.4.b.1,a.4.b.2")]
    [InlineData("conv_post.weight")]
    public void Print_patterns_that_expand_to_the_same_names(string names)
    {
        var patterns = FoldedNames.Fold(names.Split(',')).Select(g => KeyPattern.Parse(g.Pattern, ["1"]));

        KeyPattern.Expand(patterns).Keys.Keys.Should().BeEquivalentTo(names.Split(','));
    }

    [Fact]
    public void Print_patterns_of_any_indices_that_expand_to_them()
    {
        var random = new Random(20);
        for (var round = 0; round < 200; round++)
        {
            // At most eight runs: more are cut, and say so.
            string[] names = [.. Enumerable.Range(0, 12).Where(_ => random.Next(3) > 0).Select(i => $"layers.{i}.w")];
            if (names.Length > 0)
            {
                var pattern = FoldedNames.Fold(names).Should().ContainSingle().Subject.Pattern;
                KeyPattern.Expand([KeyPattern.Parse(pattern, ["1"])]).Keys.Keys.Should().BeEquivalentTo(names, pattern);
            }
        }
    }

    [Fact]
    public void Cut_a_set_of_many_runs_and_refuse_to_read_it_as_if_it_were_whole()
    {
        var pattern = FoldedNames.Fold(Enumerable.Range(0, 9).Select(i => $"a.{3 * i}.w"))[0].Pattern;

        pattern.Should().Be("a.{0,3,6,9,12,15,18,21,...}.w");
        FluentActions.Invoking(() => KeyPattern.Parse(pattern, ["1"])).Should().Throw<FamilyException>();
    }

    [Fact]
    public void Fold_in_time_that_grows_with_the_number_of_names()
        => FoldedNames.Fold(Enumerable.Range(0, 200_000).Select(i => $"layers.{i % 100}.x.{i}.w")).Should().ContainSingle();
}
