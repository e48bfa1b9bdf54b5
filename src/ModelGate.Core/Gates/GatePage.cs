using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>The docs page of a gate: what <c>modelgate explain</c> prints and what a report quotes.</summary>
internal static partial class GatePage
{
    /// <summary>The headings that every page has, in order.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["What it checks", "Why it matters", "Example", "Options", "How to fix", "When to turn it off"];

    /// <summary>The whole page in Markdown.</summary>
    public static string Text(GateDescriptor gate) => Find(gate.Id) ?? throw new InvalidOperationException($"the page {gate.Help} is not built in");

    /// <summary>The page of a gate that a record names; of a gate that this version does not know, what the record says.</summary>
    public static string Text(GateRef gate) => Find(gate.Id) ?? $"# {gate.Title}\n\n{gate.Summary}\n";

    /// <summary>The first paragraph under a heading, on one line, links as their text; empty where there is none.</summary>
    public static string FirstParagraph(GateRef gate, string heading)
        => Link().Replace(string.Join(' ', Section(gate, heading).Select(l => l.Trim())), "$1");

    /// <summary>The first paragraph or the first list under a heading: the paragraph on one line, or the items, each on one; links are their text.</summary>
    public static IReadOnlyList<string> FirstBlock(GateRef gate, string heading)
    {
        var items = new List<string>();
        foreach (var line in Section(gate, heading))
        {
            if (items.Count == 0 || Item().IsMatch(line))
            {
                items.Add(Item().Replace(line, ""));
            }
            else
            {
                items[^1] += " " + line.Trim();
            }
        }

        return [.. items.Select(i => Link().Replace(i, "$1"))];
    }

    private static IEnumerable<string> Section(GateRef gate, string heading)
        => Text(gate).ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(l => l != "## " + heading).Skip(1).SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(l => !string.IsNullOrWhiteSpace(l) && l[0] != '#');

    [GeneratedRegex(@"^(-|[0-9]+\.) ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Item();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    private static string? Find(string id)
    {
        using var stream = typeof(GatePage).Assembly.GetManifestResourceStream($"docs/gates/{id}.md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
