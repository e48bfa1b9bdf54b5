using System.Globalization;
using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>What a build server shows beside a file.</summary>
/// <param name="IsError">Whether it is an error; else a warning.</param>
/// <param name="Path">The file, relative to the repository's root.</param>
/// <param name="Line">The line, from 1; 0 where it has none to show.</param>
/// <param name="Column">The column, from 1; 0 where there is no line.</param>
/// <param name="Title">A few words.</param>
/// <param name="Code">The gate's id; empty for the one that counts the rest.</param>
/// <param name="Text">One or more lines, worst first.</param>
internal sealed record Annotation(bool IsError, string Path, int Line, int Column, string Title, string Code, string Text);

/// <summary>Chooses what a build server is told: it keeps ten errors and ten warnings of a step, and drops the rest without a word.</summary>
internal static class AnnotationQuota
{
    /// <summary>Most of a kind, so that one is left to count the rest.</summary>
    public const int MostOfAKind = 9;

    /// <summary>At most ten annotations of each kind, errors first; the tenth says how many are left out.</summary>
    public static IEnumerable<Annotation> Of(RunRecord report)
    {
        foreach (var kind in ReportedFinding.Of(report).GroupBy(f => f.IsError))
        {
            foreach (var finding in kind.Take(MostOfAKind))
            {
                yield return At(report, finding, finding.Title, finding.Gate.Id, Text(finding));
            }

            if (kind.Count() - MostOfAKind is > 0 and var rest)
            {
                var word = kind.Key ? rest == 1 ? "error" : "errors" : rest == 1 ? "warning" : "warnings";
                yield return At(report, kind.ElementAt(MostOfAKind), "ModelGate", "", string.Create(
                    CultureInfo.InvariantCulture, $"and {rest} more {word}: a report in a file has them all"));
            }
        }
    }

    /// <summary>The first ten things that are wrong with a configuration.</summary>
    public static IEnumerable<Annotation> Of(IReadOnlyList<ConfigurationError> errors)
        => errors.Take(MostOfAKind + 1).Select(e => new Annotation(
            IsError: true, RepositoryPath.OfFile(e.At.File), Math.Max(1, e.At.Line), Math.Max(1, e.At.Column), "MG0001 configuration", "MG0001", e.Message.Value));

    private static Annotation At(RunRecord report, ReportedFinding finding, string title, string code, string text)
    {
        var (at, (path, hasLine)) = (finding.Result.At, RepositoryPath.OfResult(report, finding.Result));
        return new Annotation(finding.IsError, path, hasLine ? Math.Max(1, at.Line) : 0, hasLine ? Math.Max(1, at.Column) : 0, title, code, text);
    }

    private static string Text(ReportedFinding finding)
    {
        var fix = finding.Remedy.IsEmpty ? "" : $"\nFix: {finding.Remedy}";
        var cause = finding.Cause.IsEmpty ? "" : $"\nCause: {finding.Cause}";
        return $"{finding.Sentence}{cause}{fix}\nSee: modelgate explain {finding.Gate.Id}";
    }
}
