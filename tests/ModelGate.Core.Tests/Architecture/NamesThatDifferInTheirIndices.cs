using ModelGate.Architecture;

namespace ModelGate.Tests.Architecture;

public class NamesThatDifferInTheirIndices
{
    [Theory]
    [InlineData("a.0.w,a.1.w,a.2.w", "a.{0...2}.w x3")]
    [InlineData("a.0.w,a.1.w", "a.{0,1}.w x2")]
    [InlineData("a.0.w,a.2.w,a.4.w,a.6.w", "a.{0,2,4,6}.w x4")]
    [InlineData("a.0.b.0,a.0.b.1,a.0.b.2,a.1.b.0,a.1.b.1,a.1.b.2", "a.{0,1}.b.{0...2} x6")]
    [InlineData("a.w,b.w", "a.w x1; b.w x1")]
    [InlineData("conv1.w,conv2.w", "conv1.w x1; conv2.w x1")]
    [InlineData("a.00.w,a.0.w", "a.0.w x2")]
    public void Fold_into_one_pattern_with_their_number(string names, string expected)
        => string.Join("; ", FoldedNames.Fold(names.Split(',')).Select(g => $"{g.Pattern} x{g.Count}")).Should().Be(expected);

    [Fact]
    public void Stay_apart_where_a_detail_differs()
        => FoldedNames.Fold([("a.0.w", "[1]"), ("a.1.w", "[2]")], n => n.Item1, n => n.Item2).Should().HaveCount(2);

    [Fact]
    public void Fold_in_time_that_grows_with_their_number()
        => FoldedNames.Fold(Enumerable.Range(0, 200_000).Select(i => $"layers.{i % 100}.x.{i}.w")).Should().ContainSingle();
}
