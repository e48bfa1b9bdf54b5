using System.Text;
using System.Xml.Linq;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

public class FormatLimitsTests
{
    public static TheoryData<int, int> Sizes { get; } = new() { { 10_000, 1 }, { 1, 10_000 }, { 200, 1 }, { 1, 200 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Markdown_fits_into_a_comment_and_counts_what_does_not(int findings, int results)
    {
        var report = results > 1 ? MadeReport.ManyResults(results) : MadeReport.Many(findings);

        var text = Rendered.Text(new MarkdownReport(), report);

        Encoding.UTF8.GetByteCount(text).Should().BeLessThan(65_536);
        var told = text.Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal));
        var left = Math.Max(findings, results) - told;
        if (left > 0)
        {
            text.Should().Contain($"\n{left} more findings are left out here.\n");
        }

        text.Split("<details>").Should().HaveCount(text.Split("</details>").Length);
    }

    [Fact]
    public void Markdown_folds_what_passed_and_counts_what_does_not_fit()
    {
        var results = Enumerable.Range(0, 2_000).Select(i => MadeReport.Result("MG5001", $"audio/{i}.wav", Outcome.Passed, "flatness 0.05 is below 0.1", 16));

        var text = Rendered.Text(new MarkdownReport(), MadeReport.Of([.. results, MadeReport.Result("MG4001", "train.log", Outcome.Failed, "it rose", 14)]));

        var lines = text.Split('\n');
        var fold = Array.IndexOf(lines, "<details><summary>2000 passed</summary>");
        lines[..fold].Should().Contain(l => l.StartsWith("| **failed** | MG4001", StringComparison.Ordinal)).And.NotContain(l => l.StartsWith("| passed", StringComparison.Ordinal));
        var shown = lines[fold..].Count(l => l.StartsWith("| passed", StringComparison.Ordinal));
        shown.Should().BePositive();
        text.Should().EndWith($"</details>\n\n{2_000 - shown} more results are left out here.\n");
        Encoding.UTF8.GetByteCount(text).Should().BeLessThan(65_536);
    }

    [Fact]
    public void Markdown_of_the_longest_text_fits_too()
    {
        var results = Enumerable.Range(0, 500).Select(i => MadeReport.Result("MG5001", new string('|', 300), Outcome.Failed, new string('<', 300), 1, Severity.Error,
            new Finding(SafeText.From(string.Concat(Enumerable.Repeat("声", 300))))));

        var text = Rendered.Text(new MarkdownReport(), MadeReport.Of([.. results]));

        Encoding.UTF8.GetByteCount(text).Should().BeLessThan(65_536);
    }

    [Theory]
    [InlineData("github", "::error ", "::error file=models/lexi/gate.config.json,line=12,col=5,title=ModelGate::and 91 more errors: a report in a file has them all")]
    [InlineData("azure", "##vso[task.logissue type=error", "##vso[task.logissue type=error;sourcepath=models/lexi/gate.config.json;linenumber=12;columnnumber=5;]ModelGate: and 91 more errors: a report in a file has them all")]
    public void A_build_server_is_told_ten_of_a_kind_and_the_tenth_counts_the_rest(string name, string prefix, string tenth)
    {
        var lines = Rendered.Lines(name, MadeReport.Many(100)).Where(l => l.StartsWith(prefix, StringComparison.Ordinal)).ToArray();

        lines.Should().HaveCount(10);
        lines[^1].Should().Be(tenth);
    }

    [Theory]
    [InlineData(Verdict.Passed, Outcome.Passed, "Succeeded")]
    [InlineData(Verdict.Passed, Outcome.Failed, "SucceededWithIssues")]
    [InlineData(Verdict.Failed, Outcome.Failed, "Failed")]
    [InlineData(Verdict.Inconclusive, Outcome.Inconclusive, "Failed")]
    public void A_task_of_Azure_ends_as_the_verdict_says(object verdict, object outcome, string expected)
    {
        var severity = (Verdict)verdict == Verdict.Passed ? Severity.Warning : Severity.Error;

        Rendered.Lines("azure", MadeReport.Of(MadeReport.Result("MG5001", "a.wav", (Outcome)outcome, "flat", 1, severity)))[^1]
            .Should().StartWith($"##vso[task.complete result={expected};]");
    }

    [Fact]
    public void Counts_of_JUnit_equal_its_content()
    {
        var root = ReadBack.Xml(Rendered.Text(new JUnitReport(), MadeReport.Rich())).Root!;
        var suite = root.Element("testsuite")!;

        foreach (var (attribute, element) in new[] { ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped") })
        {
            Number(suite, attribute).Should().Be(suite.Descendants(element).Count(), attribute);
        }

        (Number(root, "tests"), Number(root, "failures"), Number(root, "errors")).Should().Be((7, 2, 1));
        Number(suite, "skipped").Should().Be(2);
    }

    [Fact]
    public void GitLab_is_told_five_thousand_and_the_last_counts_the_rest()
    {
        var root = Rendered.Json("gitlab", MadeReport.Many(30_000));

        root.GetArrayLength().Should().Be(5_000);
        root[4_999].GetProperty("description").GetString().Should().Be("and 25001 more findings that are not listed here");
        root.EnumerateArray().Select(f => f.GetProperty("fingerprint").GetString()).Should().OnlyHaveUniqueItems();
    }

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value);
}
