using Markdig;

namespace ModelGate.Tool.Tests;

public class ExplainCommandTests
{
    [Theory]
    [InlineData("MG1001")]
    [InlineData("mg1001")]
    [InlineData("keys-must-match")]
    [InlineData("KeysMustMatch")]
    public void Prints_its_page(string name)
    {
        var result = Tool.Run("explain", name);

        result.ExitCode.Should().Be(0);
        result.Output.Should().StartWith("MG1001 KeysMustMatch\n").And.Contain("\nHow to fix\n");
    }

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Repository.PathOf("docs", "gates"), "MG*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Prints_every_word_of_a_page_and_none_of_its_marks(string id)
    {
        var output = Tool.Run("explain", id).Output;

        // Markdig's own plain text knows no tables: their cells are words, too.
        var plain = Markdown.ToPlainText(File.ReadAllText(Repository.PathOf("docs", "gates", id + ".md")), new MarkdownPipelineBuilder().UsePipeTables().Build());
        Words(output).Should().Contain(Words(plain));
        output.Should().NotMatchRegex("(?m)^#+ |^\\|.*\\|$|\\]\\(|\\*\\*");
    }

    [Fact]
    public void Takes_words_one_by_one()
        => Tool.Run("explain", "final", "checkpoint").Output.Should().StartWith("MG2001 ");

    [Theory]
    [InlineData("-x")]
    [InlineData("\u2764")]
    public void Suggests_nothing_where_nothing_is_near(string name)
        => Tool.Run("explain", name).Should().Match<Result>(r => r.ExitCode == 2 && !r.Error.Contains("did you mean"));

    [Theory]
    [InlineData("flatness", "MG5001", "occupied-band-flatness")]
    [InlineData("finite", "MG3001", "MG4002")]
    [InlineData("match", "MG1001", "MG1002")]
    public void Lists_what_has_the_words(string words, params string[] expected)
        => Tool.Run("explain", words).Output.Should().ContainAll(expected).And.NotContain("MG2001");

    [Theory]
    [InlineData("final checkpoint")]
    [InlineData("exported")]
    [InlineData("final-checkpoint")]
    public void Opens_the_only_page_that_has_the_words(string words)
        => Tool.Run("explain", words).Output.Should().Contain("MG2001");

    private static HashSet<string> Words(string text) => [.. text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)];

    [Fact]
    public void Without_a_name_lists_all_gates()
        => Tool.Run("explain").Output.Should().Contain("MG1001  keys-must-match").And.Contain("MG5001  spectral-flatness-must-stay-below");

    [Fact]
    public void Schema_prints_the_committed_schema()
        => Tool.Run("schema").Output.Should().Be(File.ReadAllText(Repository.PathOf("docs", "gate.config.schema.json")));
}
