using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What was measured beside what was required, with the margin; also where the gate passed.</summary>
internal static class NumbersTable
{
    private const int Most = 200;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunResult result)
    {
        page.Add($"<table class=\"numbers stack\" aria-label=\"Numbers of {result.Gate.Name} {result.Subject}\">\n");
        page.Add($"<thead><tr><th scope=\"col\">signal</th><th scope=\"col\" class=\"number\">observed</th><th scope=\"col\" class=\"number\">required</th><th scope=\"col\" class=\"number\">margin</th><th scope=\"col\">note</th></tr></thead>\n<tbody>\n");
        foreach (var measurement in result.Measurements.Take(Most))
        {
            WriteRow(page, measurement);
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, result.Measurements.Count - Most, "number", "numbers");
    }

    private static void WriteRow(HtmlPage page, Measurement measurement)
    {
        var isMet = measurement is { Observed: { } observed, Required: { } required } ? required.IsMetBy(observed) : (bool?)null;
        page.Add($"<tr{new Markup(isMet == false ? " class=\"missed\"" : "")}><th scope=\"row\">{(isMet == false ? Icons.Of("failed") : default)}{measurement.Signal}</th><td class=\"number\" data-label=\"observed\">");
        if (measurement.Observed is not null)
        {
            page.Add($"{Words.Number(measurement)}");
            if (measurement.Unit.Length > 0)
            {
                page.Add($" <span class=\"unit\">{measurement.Unit}</span>");
            }
        }

        if (measurement.Observed is null)
        {
            page.Add($"<bdi>{measurement.Text}</bdi>");
        }

        page.Add($"</td><td class=\"number\" data-label=\"required\">{(measurement.Required is { } limit ? Words.Required(limit) : "")}</td>");
        page.Add($"<td class=\"number\" data-label=\"margin\">{(measurement.Margin is { } margin ? Words.Number(margin) : "")}</td><td data-label=\"note\">");
        if (isMet is { } met)
        {
            var word = met ? "passed" : "failed";
            page.Add($"<span class=\"{word}\">{Icons.Of(word)}{(met ? "met" : "missed")}</span>");
        }

        if (measurement.Observed is not null)
        {
            page.Add($"<span class=\"text\"><bdi>{measurement.Text}</bdi></span>");
        }

        page.Add($"</td></tr>\n");
    }
}
