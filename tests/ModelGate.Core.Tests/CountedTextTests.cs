using System.Text.RegularExpressions;

namespace ModelGate.Tests;

public partial class CountedTextTests
{
    [Theory]
    [InlineData(0, "0 keys")]
    [InlineData(1, "1 key")]
    [InlineData(2, "2 keys")]
    public void A_count_has_its_noun_in_the_right_number(long count, string text) => SafeText.Count(count, "key").Value.Should().Be(text);

    [Fact]
    public void A_count_may_bring_a_verb() => SafeText.Count(1, "byte follows", "bytes follow").Value.Should().Be("1 byte follows");

    // A number of bytes or tensors that a sentence of a fault begins with is often one.
    [Fact]
    public void No_fault_counts_by_an_interpolation_and_a_plural()
        => Directory.EnumerateFiles(Repository.PathOf("src", "ModelGate.Core", "Readers"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("src", "ModelGate.Core", "Syntax"), "*.cs", SearchOption.AllDirectories))
            .SelectMany(f => File.ReadLines(f).Where(l => PluralOfOne().IsMatch(l)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}"))
            .Should().BeEmpty("SafeText.Count says 1 byte and 2 bytes");

    [GeneratedRegex(@"SafeText\.Of\(\$""[^""]*\{[^{}""]*(Count|Position| - )[^{}""]*\} (bytes|tensors|storages|values|elements|entries|records|names|cells|columns|points) ", RegexOptions.CultureInvariant)]
    private static partial Regex PluralOfOne();
}
