using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What was judged, byte for byte, and what it was asked.</summary>
internal static class InputsSection
{
    private const int Most = 500;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        WriteArtifacts(page, report);
        page.Add($"<section aria-labelledby=\"configuration\">\n<h2 id=\"configuration\">Configuration</h2>\n<dl class=\"facts\">\n");
        foreach (var configuration in report.Configurations.Take(Most))
        {
            page.Add($"<div><dt>file</dt><dd><bdi>{(configuration.Path.IsEmpty ? Defaults(configuration) : configuration.Path)}</bdi></dd></div>\n");
            if (configuration.Sha256.Length > 0)
            {
                page.Add($"<div><dt>SHA-256</dt><dd><code class=\"hash\">{configuration.Sha256}</code></dd></div>\n");
            }
        }

        page.Add($"<div><dt>gates</dt><dd>{string.Join(", ", report.Results.Select(r => r.Gate.Name).Distinct())}</dd></div>\n</dl>\n");
        if (report.Notes.Count > 0)
        {
            page.Add($"<ul class=\"sentences\">\n");
            foreach (var note in report.Notes.Take(Most))
            {
                page.Add($"<li><bdi>{Words.Sentence(note.Value)}</bdi></li>\n");
            }

            page.Add($"</ul>\n");
        }

        page.Add($"</section>\n");
    }

    private static SafeText Defaults(RunConfiguration configuration)
        => SafeText.Of($"none{(configuration.Group.IsEmpty ? "" : " in ")}{configuration.Group}: the defaults of the training run's kind");

    private static void WriteArtifacts(HtmlPage page, RunRecord report)
    {
        page.Add($"<section aria-labelledby=\"artifacts\">\n<h2 id=\"artifacts\">Artifacts</h2>\n");
        if (report.Artifacts.Count == 0)
        {
            page.Add($"<p class=\"quiet\">No file was read.</p>\n</section>\n");
            return;
        }

        page.Add($"<table class=\"stack\">\n<thead><tr><th scope=\"col\">file</th><th scope=\"col\">role</th><th scope=\"col\">format</th><th scope=\"col\" class=\"number\">size</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
        foreach (var artifact in report.Artifacts.Take(Most))
        {
            page.Add($"<tr><th scope=\"row\"><bdi>{artifact.Place}</bdi></th><td class=\"short\" data-label=\"role\">{artifact.Role.Key()}</td><td class=\"short\" data-label=\"format\">{(artifact.Format.Length > 0 ? artifact.Format : artifact.Kind)}</td>");
            page.Add($"<td class=\"number\" data-label=\"size\">{Words.Bytes(artifact.Bytes)}</td><td data-label=\"SHA-256\"><code class=\"hash\">{artifact.Sha256}</code></td></tr>\n");
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, report.Artifacts.Count - Most, "file", "files");
        var warnings = report.Artifacts.DistinctBy(a => a.Place).SelectMany(a => a.Warnings.Select(w => (Path: a.Place, Warning: w))).ToArray();
        if (warnings.Length > 0)
        {
            page.Add($"<h3>Odd in these files</h3>\n<ul class=\"sentences\">\n");
            foreach (var (path, warning) in warnings.Take(Most))
            {
                page.Add($"<li><bdi>{path}</bdi>: <bdi>{Words.Sentence(warning.Value)}</bdi></li>\n");
            }

            page.Add($"</ul>\n");
            More.Write(page, warnings.Length - Most, "remark", "remarks");
        }

        page.Add($"</section>\n");
    }
}
