using ModelGate.Artifacts;

namespace ModelGate.Readers.TensorBoard;

/// <summary>Reads the scalars of TensorBoard's event files, as TensorFlow, PyTorch, tensorboardX and CatBoost write them.</summary>
/// <remarks>https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto; what a value has to be to count as a scalar: data_compat.py beside it.</remarks>
[Reader(ReaderAttribute.BySignature + 60)]
internal sealed class EventFileReader : ArtifactReader
{
    // The first field of every event: the time, as a double.
    private const byte TimeTag = 0x09;

    /// <inheritdoc/>
    public override string Format => "tensorboard";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
        => head.Length > EventRecords.HeaderBytes && (EventRecords.IsHeader(head, out _) ? head[EventRecords.HeaderBytes] == TimeTag : head[EventRecords.HeaderBytes..].IndexOf("brain.Event:"u8) is >= 0 and < 24);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var records = new EventRecords(source, budget);
        var content = new EventContent(source, budget);
        while (records.Next(out var data, out var place))
        {
            budget.Step();
            if (data.IsEmpty)
            {
                content.AddLong(place);
            }
            else
            {
                content.Add(data);
            }
        }

        return content.Build(Format, records.Damage) with { Unread = records.IsDamaged ? records.Damage : SafeText.Empty };
    }
}
