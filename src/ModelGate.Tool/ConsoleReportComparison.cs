using ModelGate.Reports;
using ModelGate.Runs;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>What changed between two reports, for people.</summary>
internal static class ConsoleReportComparison
{
    public static void Write(ReportComparison comparison, IAnsiConsole console)
    {
        Line(console, SafeText.Of($"verdict: {VerdictLine.Word(comparison.Before)} before, {VerdictLine.Word(comparison.After)} after"), new Style(decoration: Decoration.Bold));
        foreach (var result in comparison.Changed)
        {
            var style = result.After?.Outcome == Outcome.Passed ? new Style(Color.Green) : result.After is { IsError: true, Outcome: Outcome.Failed } ? new Style(Color.Red) : Style.Plain;
            Line(console, SafeText.Of($"{result.Latest.Gate.Name} {result.Latest.Subject}: {result.Before?.Word ?? "not there"} before, {result.After?.Word ?? "not there"} after"), style);
            Line(console, SafeText.Of($"  {result.Latest.Message}"), Style.Plain);
            foreach (var measurement in result.Measurements)
            {
                Line(console, SafeText.Of($"  {measurement.Signal}{(measurement.Place.IsEmpty ? "" : " ")}{measurement.Place}: {Number(measurement.Before)} before, {Number(measurement.After)} after"), Style.Plain);
            }
        }

        Line(console, SafeText.Of($"{SafeText.Count(comparison.Changed.Count, "result")} changed, {comparison.Same} did not"), Style.Plain);
    }

    private static SafeText Number(double? value) => value is { } number ? SafeText.Of($"{number:G6}") : SafeText.From("none");

    private static void Line(IAnsiConsole console, SafeText text, Style style) => console.Write(new Text(text.Value + "\n", style));
}
