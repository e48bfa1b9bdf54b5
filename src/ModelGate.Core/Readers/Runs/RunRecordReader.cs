using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Readers.Runs;

/// <summary>Reads a report of <c>modelgate check --format json</c>.</summary>
[Reader(ReaderAttribute.ByStructure + 25)]
internal sealed class RunRecordReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => RunReport.FormatName;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => RunRecordJson.Recognises(head);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        ReadBudget.Require(source.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the JSON document");
        return new RunReport(RunRecordJson.Read(source.ReadArray(0, source.Length, "the report"), budget));
    }
}
