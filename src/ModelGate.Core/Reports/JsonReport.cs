using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Reports;

/// <summary>The report for scripts, and the only one that holds everything but the pictures: it can be read back.</summary>
internal sealed class JsonReport : ReportFormat
{
    /// <inheritdoc/>
    public override string Name => "json";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output) => RunRecordJson.Write(report, output);
}
