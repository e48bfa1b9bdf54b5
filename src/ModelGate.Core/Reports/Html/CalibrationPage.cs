using System.Globalization;
using System.Text;
using ModelGate.Evaluation.Calibrating;
using ModelGate.Reports.Html.Page;
using ModelGate.Reports.Html.Plots;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Reports.Html;

/// <summary>A calibration to look at: one file without a script that loads nothing; the same calibration gives the same bytes.</summary>
internal static class CalibrationPage
{
    private const int MostPlots = 40;
    private const int MostNamed = 50;

    /// <summary>Writes the page as UTF-8.</summary>
    public static void Write(Calibration calibration, Stream output)
    {
        var page = new HtmlPage();
        var verdict = CalibrationSentence.Verdict(calibration);
        PageHead.Write(page, "Calibration");
        var (tone, icon) = calibration.Worth switch
        {
            CalibrationWorth.Limits => ("passed", "passed"),
            CalibrationWorth.Guess => ("inconclusive", "inconclusive"),
            _ => ("failed", "failed"),
        };
        page.Add($"<body>\n{Icons.Definitions}\n<header class=\"verdict {new Markup(tone)}\">\n<p class=\"product\">ModelGate calibration</p>\n<h1>{Icons.Of(icon)} {Words.Capital(verdict.Value)}</h1>\n");
        page.Add($"<p>{Words.Sentence(Words.Capital(CalibrationSentence.Result(calibration).Value))}</p>\n");
        foreach (var sentence in CalibrationSentence.Caveats(calibration))
        {
            page.Add($"<p><bdi>{Words.Sentence(sentence.Value)}</bdi></p>\n");
        }

        page.Add($"</header>\n<main>\n");
        WriteLimits(page, calibration);
        WriteFiles(page, calibration);
        WriteSignals(page, calibration);
        page.Add($"</main>\n<footer><p>Made by ModelGate {ProductVersion.Text}. <code>modelgate explain SIGNAL</code> prints the definition of a signal.</p></footer>\n</body>\n</html>\n");
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static void WriteLimits(HtmlPage page, Calibration calibration)
    {
        if (calibration.Limits.Count == 0)
        {
            return;
        }

        page.Add($"<section aria-labelledby=\"limits\">\n<h2 id=\"limits\">Limits</h2>\n<p>Each catches most of the bad files that keep the limits before it.</p>\n<table class=\"stack\">\n<thead><tr><th scope=\"col\">signal</th><th scope=\"col\">limit</th><th scope=\"col\">bad files stopped</th><th scope=\"col\">of these, by this limit alone</th><th scope=\"col\">good files stopped</th><th scope=\"col\">by chance</th></tr></thead>\n<tbody>\n");
        foreach (var limit in calibration.Limits)
        {
            var others = calibration.Limits.Where(l => l != limit).ToArray();
            page.Add($"<tr><th scope=\"row\">{limit.Signal.Name}</th><td data-label=\"limit\">{Words.Required(limit.Requirement)}{(limit.Signal.Unit.Length > 0 ? " " + limit.Signal.Unit : "")}</td>");
            page.Add($"<td class=\"number\" data-label=\"bad files stopped\">{calibration.Bad.Count(f => !limit.IsKeptBy(f))}</td><td class=\"number\" data-label=\"by no other\">{calibration.Bad.Count(f => !limit.IsKeptBy(f) && LimitSet.IsKeptBy(others, f))}</td>");
            page.Add($"<td class=\"number\" data-label=\"good files stopped\">{calibration.Good.Count(f => !limit.IsKeptBy(f))}</td><td data-label=\"by chance\">{Chance(limit)}</td></tr>\n");
        }

        page.Add($"</tbody>\n</table>\n<details class=\"raw\"><summary>As a gate.config.json</summary>\n<pre><code>{CalibrationConfiguration.Of(calibration)}</code></pre>\n</details>\n</section>\n");
    }

    private static void WriteFiles(HtmlPage page, Calibration calibration)
    {
        var wrong = calibration.Good.Where(f => !LimitSet.IsKeptBy(calibration.Limits, f)).Select(f => (File: f, Word: "good, and stopped")).Concat(calibration.Missed.Select(f => (File: f, Word: "bad, and let pass"))).ToArray();
        if (wrong.Length == 0 || calibration.Limits.Count == 0)
        {
            return;
        }

        page.Add($"<section aria-labelledby=\"wrong\">\n<h2 id=\"wrong\">Files on which the limits disagree with you</h2>\n<p>Listen to them first: a file may lie in the wrong folder.</p>\n<ul class=\"sentences\">\n");
        foreach (var (file, word) in wrong.Take(MostNamed))
        {
            page.Add($"<li><bdi>{SafeText.From(file.Path)}</bdi>: {word}</li>\n");
        }

        page.Add($"</ul>\n");
        More.Write(page, wrong.Length - MostNamed, "file", "files");
        page.Add($"</section>\n");
    }

    private static void WriteSignals(HtmlPage page, Calibration calibration)
    {
        page.Add($"<section aria-labelledby=\"signals\">\n<h2 id=\"signals\">Signals, the best at telling them apart first</h2>\n");
        page.Add($"<ul class=\"key\"><li><span class=\"swatch good\"></span>good files, above</li><li><span class=\"swatch bad\"></span>bad files, below</li><li>dashed: the limit with the fewest errors of this signal alone</li></ul>\n");
        foreach (var (index, separation) in calibration.Separations.Take(MostPlots).Index())
        {
            var best = separation.Best;
            var (falseAlarms, misses) = (separation.FalseAlarms, separation.Misses);
            page.Add($"<figure class=\"whole\" aria-labelledby=\"s{index}\">\n<figcaption><h3 id=\"s{index}\">{best.Signal.Name} {Words.Required(best.Requirement)}{(best.Signal.Unit.Length > 0 ? " " + best.Signal.Unit : "")}</h3>");
            page.Add($"<p>{best.Signal.Summary}</p><p>Stops {Rate(falseAlarms)} good files and lets {Rate(misses)} bad ones pass{(separation.BadWithoutValue > 0 ? SafeText.Of($"; {SafeText.Count(separation.BadWithoutValue, "bad file has", "bad files have")} no value{(best.Signal.On == MeasuredOn.OutputAndReference ? SafeText.Empty : SafeText.Of($", and cannot pass"))}") : default)}. A bad file lies further out than a good one in {Percent(separation.Area)} % of pairs.</p></figcaption>\n");
            DistributionPlot.Write(page, separation, $"d{index}");
            page.Add($"</figure>\n");
        }

        More.Write(page, calibration.Separations.Count - MostPlots, "signal", "signals");
        foreach (var sentence in CalibrationSentence.WithoutSeparation(calibration))
        {
            page.Add($"<p><bdi>{Words.Sentence(sentence.Value)}</bdi></p>\n");
        }

        page.Add($"</section>\n");
    }

    private static string Chance(CalibratedLimit limit) => limit.Chance switch
    {
        < 0.001 => "under 0.1 %",
        < 0.05 => $"{Percent(limit.Chance)} %",
        >= 1 => "to be expected",
        _ => $"{Percent(limit.Chance)} %: a guess",
    };

    private static SafeText Rate(Proportion proportion) => CalibrationSentence.Count(proportion);

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);
}
