using System.Globalization;
using ModelGate.Gates.Curves;
using ModelGate.Signals.Curves;

namespace ModelGate.Benchmarks.Curves;

/// <summary>How seeded curves are judged: a row a class, a column a verdict.</summary>
internal static class ConfusionMatrix
{
    private static readonly string[] Verdicts = ["good", "stagnant", "oscillating", "diverging", "not finite", "saturated", "too few points", "other"];

    /// <summary>Judges a curve by the lines of MG4001; converging and converged are one answer.</summary>
    public static string Verdict(SeededCurve curve)
        => ConvergenceRules.Judge(
            CurveEnd.Of(curve.Series, CurveMeasure.DefaultWindow, CurveMeasure.FewestInWindow),
            new ConvergenceCriteria { Ceiling = curve.Ceiling, Clamps = [SeededCurves.Clamp] }) switch
        {
            ConvergenceVerdict.Converged or ConvergenceVerdict.Converging => "good",
            ConvergenceVerdict.Stagnant => "stagnant",
            ConvergenceVerdict.Oscillating => "oscillating",
            ConvergenceVerdict.Diverging => "diverging",
            ConvergenceVerdict.NotFinite => "not finite",
            ConvergenceVerdict.Saturated => "saturated",
            ConvergenceVerdict.TooFewPoints => "too few points",
            _ => "other",
        };

    /// <summary>Writes it as a table in Markdown.</summary>
    public static void Print(TextWriter output, int count)
    {
        output.WriteLine($"| made as | {string.Join(" | ", Verdicts)} |");
        output.WriteLine($"|---|{string.Concat(Verdicts.Select(_ => "---|"))}");
        foreach (var name in SeededCurves.Classes)
        {
            var found = Enumerable.Range(0, count).Select(seed => Verdict(SeededCurves.Of(name, seed))).CountBy(v => v).ToDictionary();
            output.WriteLine($"| {name} | {string.Join(" | ", Verdicts.Select(v => found.GetValueOrDefault(v).ToString(CultureInfo.InvariantCulture)))} |");
        }
    }
}
