using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Tool;

namespace ModelGate.Tests.Reports;

/// <summary>Everything that can come from a file, in every format, read back by the rules of whoever reads it.</summary>
public partial class HostileTextInReportsTests
{
    public static TheoryData<string> Kinds { get; } = [.. HostileText.All.Select(t => t.Kind)];

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UseAdvancedExtensions().UseEmojiAndSmiley().Build();

    private static readonly string[] OwnTags = ["h2", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "code", "details", "summary", "ul", "li"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Has_no_raw_control_and_nothing_invisible_in_any_format(string kind)
    {
        foreach (var format in ReportFormats.All)
        {
            var text = Rendered.Text(format, Saying(kind));
            text.Replace("\n", "", StringComparison.Ordinal).Should().Be(SafeText.From(text.Replace("\n", "", StringComparison.Ordinal), int.MaxValue).Value, format.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Changes_neither_verdict_nor_findings(string kind)
    {
        foreach (var format in ReportFormats.All)
        {
            var told = ReadBack.Of(format.Name, Saying(kind));
            told.Verdict.Should().Be("failed", format.Name);
            told.Findings.Select(f => f.Level).Should().BeEquivalentTo(["error", "error", "error", "warning"], format.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_no_command_where_a_report_for_a_file_is_printed(string kind)
    {
        foreach (var format in ReportFormats.All.Where(f => f.Name is not ("github" or "azure")))
        {
            foreach (var line in Rendered.Text(format, Saying(kind)).Split('\n'))
            {
                line.TrimStart().Should().NotStartWith("::", format.Name);
                line.Should().NotMatchRegex("(?i)##(\\[|vso|teamcity)", format.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_no_workflow_command_of_its_own(string kind)
    {
        var lines = Rendered.Lines("github", Saying(kind));

        lines.Should().HaveCount(6).And.OnlyContain(l => l.Length < 4096 && !Regex.IsMatch(l, "##[^ #]"));
        lines[^1].Should().StartWith("modelgate: ");
        foreach (var line in lines[..^1])
        {
            var command = WorkflowCommand().Match(line);
            command.Success.Should().BeTrue(line);
            command.Groups[1].Value.Should().BeOneOf("error", "warning", "notice");
            command.Groups[2].Value.Split(',').Select(p => p.Split('=')[0]).Should().BeSubsetOf(["file", "line", "col", "title"]).And.OnlyHaveUniqueItems();
            Escape().Replace(command.Groups[3].Value, "").Should().NotContain("%");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_no_logging_command_of_its_own(string kind)
    {
        var lines = Rendered.Lines("azure", Saying(kind));

        lines.Should().HaveCount(6);
        foreach (var line in lines)
        {
            line[1..].Should().NotMatchRegex("##[^ #]");
            line.Should().MatchRegex(@"^(##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]*;linenumber=\d+;columnnumber=\d+;code=MG\d{4};\]|##vso\[task\.complete result=Failed;\]|modelgate: )");
            if (line.StartsWith("##", StringComparison.Ordinal))
            {
                AzureEscape().Replace(line, "").Should().NotContain("%");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_only_text_in_Markdown(string kind)
    {
        var html = Markdig.Markdown.ToHtml(Rendered.Text(Rendered.Format("markdown"), Saying(kind)), Markdown);

        html = html.Replace(MarkdownReport.MarkerOf(Saying(kind)), "", StringComparison.Ordinal);
        html.Should().NotContain("<!--");
        Tag().Matches(html).Select(m => m.Groups[1].Value).Distinct().Should().BeSubsetOf(OwnTags);
        Tag().Matches(html).Where(m => m.Groups[2].Length > 0).Select(m => m.Groups[2].Value).Should().OnlyContain(a => a == " id=\"modelgate-failed\"");
        Regex.Count(html, "<details>").Should().Be(5).And.Be(Regex.Count(html, "</details>"));
        foreach (Match row in Row().Matches(html))
        {
            Regex.Count(row.Value, "<t[dh]>").Should().Be(4, row.Value);
        }

        var shown = WebUtility.HtmlDecode(Tag().Replace(CodeSpan().Replace(html, " "), " "));
        shown.Should().NotMatchRegex("@[A-Za-z0-9]").And.NotMatchRegex("#[0-9]").And.NotMatchRegex("(?i)gh-[0-9]").And.NotMatchRegex("://").And.NotMatchRegex(@"(?i)www\.").And.NotMatchRegex(@"\$[^\u200B]");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_a_path_and_a_sentence_in_Sarif(string kind)
    {
        var root = Rendered.Json("sarif", Saying(kind));

        SarifSchema.Errors(root).Should().BeEmpty();
        foreach (var uri in Members(root, "uri"))
        {
            Uri.IsWellFormedUriString(uri, UriKind.Relative).Should().BeTrue(uri);
            uri.Should().NotStartWith("/").And.NotContain("..").And.NotContain(":");
        }

        foreach (var text in Members(root.GetProperty("runs")[0].GetProperty("results"), "text"))
        {
            text.Should().NotContain("](").And.NotMatchRegex(@"\{[0-9]+\}").And.NotBeEmpty();
            text.Length.Should().BeLessThanOrEqualTo(4_010);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_text_in_JUnit(string kind)
    {
        var document = ReadBack.Xml(Rendered.Text(Rendered.Format("junit"), Saying(kind)));

        document.Descendants().Select(e => e.Name.LocalName).Distinct()
            .Should().BeSubsetOf(["testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out"]);
        document.Descendants("testcase").Select(c => c.Attribute("classname")!.Value + c.Attribute("name")!.Value).Should().HaveCount(6).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_a_description_in_GitLab_with_a_fingerprint_of_its_own(string kind)
    {
        var root = Rendered.Json("gitlab", Saying(kind));

        Members(root, "fingerprint").Should().HaveCount(4).And.OnlyHaveUniqueItems().And.OnlyContain(f => Regex.IsMatch(f, "^[0-9a-f]{32}$"));
        Members(root, "path").Should().OnlyContain(p => !p.StartsWith('/') && !p.Split('/', StringSplitOptions.None).Contains(".."));
    }

    private static RunRecord Saying(string kind) => MadeReport.Saying(HostileText.All.Single(t => t.Kind == kind).Text);

    private static IEnumerable<string> Members(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == name && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : Members(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Members(e, name)),
        _ => [],
    };

    [GeneratedRegex("^::(\\w+) ([^:]*)::(.*)$")]
    private static partial Regex WorkflowCommand();

    [GeneratedRegex("%(AZP25|0A|5D|3B)")]
    private static partial Regex AzureEscape();

    [GeneratedRegex("%(25|0D|0A|3A|2C)")]
    private static partial Regex Escape();

    [GeneratedRegex("</?([A-Za-z][A-Za-z0-9]*)([^>]*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<code>.*?</code>", RegexOptions.Singleline)]
    private static partial Regex CodeSpan();
}
