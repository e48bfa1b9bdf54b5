using ModelGate.Evaluation;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>One thing that a report holds against the artifacts. Every format that lists findings lists these, so that none says more or less.</summary>
/// <param name="Result">The result that it belongs to.</param>
/// <param name="Message">One sentence without a full stop.</param>
/// <param name="Fingerprint">What stays the same from run to run while the finding does: it counts no measured number.</param>
internal sealed record ReportedFinding(GateResult Result, SafeText Message, string Fingerprint)
{
    /// <summary>Most findings that a format lists which has to be read by a server: code hosts keep no more of one run.</summary>
    internal const int Most = 5000;

    /// <summary>What the owner can do about it; empty where the gate's page says all there is to say.</summary>
    public SafeText Remedy { get; init; }

    /// <summary>Whether it keeps the verdict from being passed. What does not is a warning.</summary>
    public required bool IsError { get; init; }

    /// <summary>Whether the gate could not look: nothing is known to be wrong, and nothing to be right.</summary>
    public bool IsInconclusive => Result.Outcome != Outcome.Failed;

    /// <summary>The gate.</summary>
    public GateDescriptor Gate => Result.Gate;

    /// <summary>The gate's id and name.</summary>
    public string Title => $"{Gate.Id} {Gate.Name}";

    /// <summary>The message with what it is about, for where it stands alone.</summary>
    public SafeText Sentence
    {
        get
        {
            var message = IsInconclusive ? SafeText.Of($"could not be judged: {Message}") : Message;
            return Result.Artifact.IsEmpty || message.Value.StartsWith(Result.Artifact.Value, StringComparison.Ordinal)
                ? message
                : SafeText.Of($"{Result.Artifact}: {message}");
        }
    }

    /// <summary>Every finding of the failed gates and every result that is inconclusive: what failed first, then what could not be judged, then warnings.</summary>
    public static IReadOnlyList<ReportedFinding> Of(Report report)
    {
        var fingerprints = new FindingFingerprints(report);

        // Where every gate lacks its artifacts, the verdict is inconclusive, and these results are the reason.
        var nothingJudged = report.Verdict == Verdict.Inconclusive && report.Count(Outcome.Inconclusive) == 0;
        return
        [
            .. report.Results
                .Where(r => r.Outcome is Outcome.Failed or Outcome.Inconclusive || (nothingJudged && r.Outcome == Outcome.NotApplicable))
                .SelectMany(r => Of(r, r.Outcome != Outcome.Failed || r.Severity >= report.FailOn, fingerprints))
                .OrderBy(f => !f.IsError ? 2 : f.IsInconclusive ? 1 : 0),
        ];
    }

    private static IEnumerable<ReportedFinding> Of(GateResult result, bool isError, FindingFingerprints fingerprints)
    {
        var findings = result.Outcome == Outcome.Failed && result.Findings.Count > 0 ? result.Findings : [new Finding(result.Message)];
        return findings.Select(f => new ReportedFinding(result, f.Message, fingerprints.Next(result, f)) { Remedy = f.Remedy, IsError = isError });
    }
}
