using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Readers.Runs;

/// <summary>Reads what <c>modelgate baseline</c> writes.</summary>
[Reader(ReaderAttribute.ByStructure + 24)]
internal sealed class BaselineReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => Baseline.FormatName;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => BaselineJson.Recognises(head);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        ReadBudget.Require(source.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the JSON document");
        return BaselineJson.Read(source.ReadArray(0, source.Length, "the baseline"), budget);
    }
}
