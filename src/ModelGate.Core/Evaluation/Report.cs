using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>One evaluation: what was asked, what was found, and the verdict. Every report format renders this and decides nothing.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Configuration">What was asked for.</param>
/// <param name="Artifacts">The files that were read, ordered by path.</param>
/// <param name="Results">A result for each gate and subject, ordered by id and then by artifact.</param>
/// <param name="Notes">What a reader should know of how the files were found, one sentence each.</param>
internal sealed record Report(
    Verdict Verdict,
    ReportConfiguration Configuration,
    IReadOnlyList<ReportArtifact> Artifacts,
    IReadOnlyList<GateResult> Results,
    IReadOnlyList<SafeText> Notes)
{
    /// <summary>The lowest severity of a finding that fails the evaluation.</summary>
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>What the findings come from, where a rule can tell; the most telling first.</summary>
    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>The number of results with an outcome.</summary>
    public int Count(Outcome outcome) => Results.Count(r => r.Outcome == outcome);
}

/// <summary>The configuration of an evaluation.</summary>
/// <param name="Path">Its path; empty where none was given and defaults hold.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal; empty where there is none.</param>
internal sealed record ReportConfiguration(SafeText Path, string Sha256);

/// <summary>A file that an evaluation read.</summary>
/// <param name="Path">The path relative to the configuration.</param>
/// <param name="Role">The part it plays.</param>
/// <param name="Kind">The kind of artifact: checkpoint, log, audio, manifest; <c>unreadable</c> where it could not be read.</param>
/// <param name="Format">The format, found by content; empty where it is unknown.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Sha256">The SHA-256 of the bytes that were read, in lower-case hexadecimal; empty where the file could not be opened.</param>
/// <param name="Warnings">What is odd in the file and does not stop it from being judged.</param>
internal sealed record ReportArtifact(
    SafeText Path, ArtifactRole Role, string Kind, string Format, long Bytes, string Sha256, IReadOnlyList<SafeText> Warnings);

/// <summary>What one gate says of one subject.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Artifact">The file that it is about; empty where it is about several.</param>
/// <param name="Severity">What a finding means for the verdict.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Message">One sentence with the numbers.</param>
/// <param name="At">Where the configuration asks for the gate.</param>
/// <param name="Measurements">What was measured.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record GateResult(
    GateDescriptor Gate,
    SafeText Artifact,
    Severity Severity,
    Outcome Outcome,
    SafeText Message,
    SourcePosition At,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Data for pictures, where a report that draws was asked for.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; init; } = [];
}
