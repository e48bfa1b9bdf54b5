using ModelGate.Artifacts;

namespace ModelGate.Runs;

/// <summary>A report that <c>modelgate check --format json</c> wrote, as an artifact like any other.</summary>
internal sealed record RunReport(RunRecord Record) : Artifact(FormatName)
{
    /// <summary>The format's name.</summary>
    public const string FormatName = "modelgate-report";

    /// <inheritdoc/>
    public override string Kind => "report";
}
