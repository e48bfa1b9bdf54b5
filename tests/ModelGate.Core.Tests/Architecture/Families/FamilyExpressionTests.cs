using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Architecture.Families;

public class FamilyExpressionTests
{
    // What Python 3 prints for the same text.
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("2 ** 3 ** 2", 512)]
    [InlineData("-2 ** 2", -4)]
    [InlineData("-7 // 2", -4)]
    [InlineData("-7 % 3", 2)]
    [InlineData("7 % -3", -2)]
    [InlineData("512 >> 1 + 1", 128)]
    [InlineData("1 << 4", 16)]
    [InlineData("10 - 3 - 2", 5)]
    [InlineData("1 if 2 > 1 and not 3 == 4 else 0", 1)]
    [InlineData("0 or 5", 5)]
    [InlineData("prod([2, 3, 4], 1)", 12)]
    [InlineData("prod([2, 3, 4], 9)", 1)]
    [InlineData("sum([2, 3, 4])", 9)]
    [InlineData("max(1, 7, 3) + min([4, 2])", 9)]
    [InlineData("len(range(1, 9, 2))", 4)]
    [InlineData("[[1, 2], [3, 4]][1][-1]", 4)]
    [InlineData("1 if 'a' == 'a' and 'a' != '1' else 0", 1)]
    [InlineData("1 if '1' == 1 else 0", 0)]
    public void Counts_as_Python_does(string text, long value)
        => FamilyExpressionParser.Parse(text).Number(FamilyScope.Empty(new FamilyBudget())).Should().Be(value);

    [Theory]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("'open")]
    [InlineData("a.b")]
    [InlineData("1 = 2")]
    [InlineData("__import__('os')")]
    [InlineData("1 // 0")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("(0 - 9223372036854775807 - 1) // -1")]
    [InlineData("2 ** 100")]
    [InlineData("1 << 64")]
    [InlineData("range(10 ** 12)")]
    [InlineData("[1][5]")]
    [InlineData("unknown + 1")]
    [InlineData("len(5)")]
    public void That_cannot_be_is_refused_with_one_sentence(string text)
        => FluentActions.Invoking(() => FamilyExpressionParser.Parse(text).Evaluate(FamilyScope.Empty(new FamilyBudget())))
            .Should().Throw<FamilyException>().Which.Sentence.IsEmpty.Should().BeFalse();

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("-")]
    [InlineData("not ")]
    [InlineData("1 if 1 else ")]
    [InlineData("1 ** ")]
    [InlineData("len(")]
    public void Of_any_depth_ends_with_an_error_and_not_with_the_stack(string part)
        => FluentActions.Invoking(() => FamilyExpressionParser.Parse(string.Concat(Enumerable.Repeat(part, 100_000 / part.Length))))
            .Should().Throw<FamilyException>();

    [Fact]
    public void Stands_in_names_of_a_pattern()
    {
        var manifest = KeyPattern.Expand(
            [
                KeyPattern.Parse("mrfs.{i=0..3}.convs.{0..2}.conv{1,2}.weight", ["32 >> i", "8 >> i", "3"], "float32"),
                KeyPattern.Parse("conv_post.{bias}", ["1"]),
            ]);

        manifest.Keys.Should().HaveCount(25);
        manifest.Keys["mrfs.3.convs.2.conv2.weight"].Should().BeEquivalentTo(new ExpectedKey([4, 1, 3], "float32"));
        manifest.Keys["conv_post.bias"].DType.Should().BeNull();
    }

    [Fact]
    public void And_a_range_may_have_the_three_dots_that_transformers_prints()
        => KeyPattern.Expand([KeyPattern.Parse("a.{0...2}", ["1"])]).Keys.Keys.Should().Equal("a.0", "a.1", "a.2");

    [Theory]
    [InlineData("a.{0..3", "1")]
    [InlineData("a.{0,2,...}", "1")]
    [InlineData("a.{0..2,1..3}", "1")]
    [InlineData("a.{0....3}", "1")]
    [InlineData("a.{3..0}", "1")]
    [InlineData("a.{0..}", "1")]
    [InlineData("a.{}", "1")]
    [InlineData("a.{x,x}", "1")]
    [InlineData("a.{i=x,y}", "1")]
    [InlineData("a.{0..3}", "0")]
    [InlineData("a.{0..3}", "j")]
    [InlineData("a.{0..2000000000}", "1")]
    [InlineData("a.{0..999}.{0..999}.{0..999}", "1")]
    public void And_patterns_that_cannot_be_are_refused(string pattern, string size)
        => FluentActions.Invoking(() => KeyPattern.Expand([KeyPattern.Parse(pattern, [size])]))
            .Should().Throw<FamilyException>();
}
