using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>How the numbers of the run differ from those of a baseline, what is worse first.</summary>
internal static class ChangesSection
{
    private const int Most = 200;

    /// <summary>Writes it, where anything differs by more than is tolerated.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        var changes = report.Results.SelectMany(r => r.Changes.Select(c => (r.Group, Change: c))).ToArray();
        if (changes.Length == 0)
        {
            return;
        }

        page.Add($"<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">Against the baseline</h2>\n<table class=\"stack scored\">\n<thead><tr><th scope=\"col\">signal</th><th scope=\"col\">of</th><th scope=\"col\">numbers</th><th scope=\"col\">change</th></tr></thead>\n<tbody>\n");
        foreach (var (group, change) in changes.Take(Most))
        {
            var tone = change.Kind switch { NumberChangeKind.Worse => "failed", NumberChangeKind.Better => "passed", _ => "not-applicable" };
            page.Add($"<tr{new Markup(change.Kind == NumberChangeKind.Worse ? " class=\"missed\"" : "")}><th scope=\"row\">{change.Signal}</th><td data-label=\"of\"><bdi>{RunRecord.Below(group, change.Subject)}</bdi></td><td data-label=\"numbers\">{change.Values}</td><td><span class=\"state {tone}\">{change.Kind.ToString().ToLowerInvariant()}</span></td></tr>\n");
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, changes.Length - Most, "change", "changes");
        page.Add($"</section>\n");
    }
}
