using ModelGate.Artifacts;

namespace ModelGate.Readers.WeightsAndBiases;

/// <summary>Reads the file that Weights &amp; Biases writes where a run is offline.</summary>
[Reader(ReaderAttribute.BySignature + 65)]
internal sealed class WandbFileReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "wandb";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => WandbRecords.IsHeader(head);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var records = new WandbRecords(source, budget);
        var run = new WandbRun(budget);
        while (records.Next(out var record))
        {
            budget.Step();
            run.Add(record);
        }

        return run.Build(Format, records.Damage, records.PassedOver);
    }
}
