using System.Text.RegularExpressions;
using ModelGate.Faults;

namespace ModelGate.Tests.Faults;

public class FaultReasonTests
{
    [Fact]
    public void Every_code_is_written_in_kebab_case_and_occurs_once()
    {
        FaultReason.All.Should().NotBeEmpty();
        FaultReason.All.Select(r => r.Code).Should().OnlyHaveUniqueItems().And.AllSatisfy(code => code.Should().MatchRegex("^[a-z0-9]+(-[a-z0-9]+)*$"));
    }

    [Fact]
    public void The_page_of_formats_lists_every_reason_below_its_kind_with_its_sentence_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats.md"));
        var section = page[page.IndexOf("## Why a file is refused", StringComparison.Ordinal)..];
        var listed = new List<(string Kind, string Code, string Sentence)>();
        var kind = "";
        foreach (var line in section.Split('\n'))
        {
            kind = Regex.Match(line, @"^### .*\(`(\w+)`\)$") is { Success: true } heading ? heading.Groups[1].Value : kind;
            if (Regex.Match(line, @"^\| `([a-z0-9-]+)` \| (.+) \|$") is { Success: true } row)
            {
                listed.Add((kind, row.Groups[1].Value, row.Groups[2].Value));
            }
        }

        listed.Should().Equal(FaultReason.All.Select(r => (r.Kind.ToString(), r.Code, r.Sentence)));
    }

    [Fact]
    public void Every_reason_is_thrown_somewhere()
    {
        var code = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "ModelGate.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("FaultReason.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var thrown = Regex.Matches(code, @"\bFaultReason\.(\w+)").Select(m => m.Groups[1].Value.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        var fields = typeof(FaultReason).GetFields().Where(f => f.FieldType == typeof(FaultReason)).ToArray();

        fields.Select(f => (FaultReason)f.GetValue(null)!).Should().BeEquivalentTo(FaultReason.All);
        fields.Where(f => !thrown.Contains(f.Name.ToUpperInvariant())).Select(f => f.Name).Should().BeEmpty();
    }
}
