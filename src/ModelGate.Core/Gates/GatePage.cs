using System.Text;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>The docs page of a gate: what <c>modelgate explain</c> prints and what a report quotes.</summary>
internal static class GatePage
{
    /// <summary>The headings that every page has, in order.</summary>
    public static IReadOnlyList<string> Headings { get; } =
        ["What it checks", "Why it matters", "Example", "Options", "How to fix", "When to turn it off"];

    /// <summary>The whole page in Markdown.</summary>
    public static string Text(GateDescriptor gate) => Find(gate.Id) ?? throw new InvalidOperationException($"the page {gate.Help} is not built in");

    /// <summary>The page of a gate that a record names; of a gate that this version does not know, what the record says.</summary>
    public static string Text(GateRef gate) => Find(gate.Id) ?? $"# {gate.Title}\n\n{gate.Summary}\n";

    /// <summary>The first paragraph under a heading, on one line; empty where there is none.</summary>
    public static string FirstParagraph(GateRef gate, string heading)
    {
        var lines = Text(gate).ReplaceLineEndings("\n").Split('\n');
        var paragraph = lines.SkipWhile(l => l != "## " + heading).Skip(1).SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(l => !string.IsNullOrWhiteSpace(l) && l[0] != '#');
        return string.Join(' ', paragraph.Select(l => l.Trim()));
    }

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
