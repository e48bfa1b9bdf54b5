using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>One thing that a report holds against the artifacts. Every format that lists findings lists these, so that none says more or less.</summary>
/// <param name="Result">The result that it belongs to.</param>
/// <param name="Message">One sentence without a full stop.</param>
/// <param name="Fingerprint">What stays the same from run to run while the finding does: it counts no measured number.</param>
internal sealed record ReportedFinding(RunResult Result, SafeText Message, string Fingerprint)
{
    /// <summary>Most findings that a format lists which has to be read by a server: code hosts keep no more of one run.</summary>
    internal const int Most = 5000;

    /// <summary>What the owner can do about it; empty where the gate's page says all there is to say.</summary>
    public SafeText Remedy { get; init; }

    /// <summary>What it comes from, where a rule can tell; empty where none can.</summary>
    public SafeText Cause { get; init; }

    /// <summary>Whether it keeps the verdict from being passed. What does not is a warning.</summary>
    public bool IsError => Result.IsError;

    /// <summary>Whether the gate could not look: nothing is known to be wrong, and nothing to be right.</summary>
    public bool IsInconclusive => Result.Outcome != Outcome.Failed;

    /// <summary>The gate.</summary>
    public GateRef Gate => Result.Gate;

    /// <summary>The gate's id and name.</summary>
    public string Title => Gate.Title;

    /// <summary>The message with what it is about, for where it is shown by itself.</summary>
    public SafeText Sentence => Result.Sentence(IsInconclusive ? SafeText.Of($"could not be judged: {Message}") : Message);

    /// <summary>Every finding of the failed gates and every result that is inconclusive: what failed first, then what could not be judged, then warnings.</summary>
    public static IReadOnlyList<ReportedFinding> Of(RunRecord report)
    {
        var fingerprints = new FindingFingerprints(report);
        return [.. report.Results.Where(r => r.IsError || r.Outcome == Outcome.Failed).SelectMany(r => Of(report, r, fingerprints)).OrderBy(f => f.Result.Rank)];
    }

    private static IEnumerable<ReportedFinding> Of(RunRecord report, RunResult result, FindingFingerprints fingerprints)
    {
        var cause = report.Causes.FirstOrDefault(c => c.Group == result.Group && c.Explains.Contains(result.Gate.Id))?.Message ?? SafeText.Empty;
        var findings = result.Outcome == Outcome.Failed && result.Findings.Count > 0 ? result.Findings : [new Finding(result.Message)];
        return findings.Select(f => new ReportedFinding(result, f.Message, fingerprints.Next(result, f)) { Remedy = f.Remedy, Cause = cause });
    }
}
