using ModelGate.Reports;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>What changed between two reports, for people.</summary>
internal static class ConsoleReportComparison
{
    public static void Write(ReportComparison comparison, IAnsiConsole console)
    {
        Line(console, SafeText.Of($"verdict: {comparison.VerdictBefore} before, {comparison.VerdictAfter} after"), new Style(decoration: Decoration.Bold));
        foreach (var result in comparison.Changed)
        {
            var style = result.After == "passed" ? new Style(Color.Green) : result.After == "failed" ? new Style(Color.Red) : Style.Plain;
            Line(console, SafeText.Of($"{result.Gate} {result.Artifact}: {result.Before ?? "not there"} before, {result.After ?? "not there"} after"), style);
            Line(console, SafeText.Of($"  {result.Message}"), Style.Plain);
            foreach (var measurement in result.Measurements)
            {
                Line(console, SafeText.Of($"  {measurement.Signal} {measurement.Subject}: {Number(measurement.Before)} before, {Number(measurement.After)} after"), Style.Plain);
            }
        }

        Line(console, SafeText.Of($"{comparison.Changed.Count} results changed, {comparison.Same} did not"), Style.Plain);
    }

    private static SafeText Number(double? value) => value is { } number ? SafeText.Of($"{number:G6}") : SafeText.From("none");

    private static void Line(IAnsiConsole console, SafeText text, Style style) => console.Write(new Text(text.Value + "\n", style));
}
