using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Logs;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.TensorBoard;

/// <summary>What the events of a file come to, gathered event by event.</summary>
internal sealed class EventContent(IByteSource source, ReadBudget budget)
{
    // A value with a picture or a histogram in it is longer than any scalar.
    private const int LongestScalar = 64 << 10;
    private const int SessionStarted = 1;
    private const double LatestTime = 1e11;

    private readonly TrainingLogBuilder log = new(budget);
    private readonly Dictionary<byte[], Tag>.AlternateLookup<ReadOnlySpan<byte>> tags = new Dictionary<byte[], Tag>(new TagComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly Dictionary<string, MetadataValue> hyperparameters = new(StringComparer.Ordinal);
    private WireReader? reader;
    private DateTimeOffset? writtenFrom;
    private long? purgedFrom;
    private long notUnderstood;

    /// <summary>Adds an event.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        var fields = new WireSpan(data);
        var (time, step) = (0.0, 0L);
        ReadOnlySpan<byte> summary = default;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Type == WireType.Fixed64:
                    time = BitConverter.UInt64BitsToDouble(fields.Number);
                    break;
                case 2 when fields.Type == WireType.Varint:
                    step = (long)fields.Number;
                    break;
                case 5 when fields.Type == WireType.Bytes:
                    summary = fields.Bytes;
                    break;
                case 7 when fields.Type == WireType.Bytes:
                    AddSession(fields.Bytes, step);
                    break;
            }
        }

        writtenFrom ??= time is > 0 and < LatestTime ? DateTimeOffset.UnixEpoch.AddSeconds(time) : null;
        var values = new WireSpan(summary);
        while (values.Next())
        {
            if (values.Field == 1 && values.Type == WireType.Bytes && values.Bytes.Length <= LongestScalar)
            {
                AddValue(values.Bytes, step);
            }
        }

        notUnderstood += fields.IsBroken || values.IsBroken ? 1 : 0;
    }

    /// <summary>Adds an event that is too long to be held: it has pictures, sounds or histograms, and perhaps scalars beside them.</summary>
    public void AddLong(WireRange place)
    {
        reader ??= new WireReader(source, budget);
        try
        {
            reader.Inside(place, AddLong);
        }
        catch (ArtifactFault fault) when (fault.Kind == FaultKind.Damaged)
        {
            notUnderstood++;
            reader = null;
        }
    }

    /// <summary>What was gathered.</summary>
    public TrainingLog Build(string format, SafeText damage)
    {
        SafeText[] warnings =
        [
            .. damage.IsEmpty ? [] : (SafeText[])[damage],
            .. notUnderstood == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(notUnderstood, "record is not an event", "records are not events")}")],
            .. log.Points > 0 ? [] : (SafeText[])[SafeText.Of($"the file holds no scalar")],
        ];
        return log.Build(format, hyperparameters, warnings) with { WrittenFrom = writtenFrom, PurgedFrom = purgedFrom, NotUnderstood = notUnderstood };
    }

    private void AddLong()
    {
        var step = 0L;
        WireRange? summary = null;
        while (reader!.Next(out var field, out var type))
        {
            if (field == 2 && type == WireType.Varint)
            {
                step = (long)reader.ReadVarint();
            }
            else if (field == 5 && type == WireType.Bytes)
            {
                summary = reader.ReadBytes();
            }
            else
            {
                reader.Skip(type);
            }
        }

        if (summary is { } range)
        {
            reader.Inside(range, () =>
            {
                while (reader.Next(out var field, out var type))
                {
                    if (field == 1 && type == WireType.Bytes && reader.ReadBytes() is var value)
                    {
                        if (value.Length <= LongestScalar)
                        {
                            AddValue(source.ReadArray(value.Offset, value.Length, "a value"), step);
                        }
                    }
                    else
                    {
                        reader.Skip(type);
                    }
                }
            });
        }
    }

    // What a crashed start wrote from this step on is taken back: PyTorch's purge_step.
    private void AddSession(ReadOnlySpan<byte> data, long step)
    {
        var fields = new WireSpan(data);
        while (fields.Next())
        {
            if (fields.Field == 1 && fields.Type == WireType.Varint && fields.Number == SessionStarted)
            {
                purgedFrom ??= log.Points == 0 ? step : null;
                log.Purge(step);
            }
        }
    }

    private void AddValue(ReadOnlySpan<byte> data, long step)
    {
        var fields = new WireSpan(data);
        float? simple = null;
        var hasTensor = false;
        ReadOnlySpan<byte> name = default, tensor = default, metadata = default;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Type == WireType.Bytes:
                    name = fields.Bytes;
                    break;
                case 2 when fields.Type == WireType.Fixed32:
                    simple = BitConverter.UInt32BitsToSingle((uint)fields.Number);
                    break;
                case 8 when fields.Type == WireType.Bytes:
                    hasTensor = true;
                    tensor = fields.Bytes;
                    break;
                case 9 when fields.Type == WireType.Bytes:
                    metadata = fields.Bytes;
                    break;
            }
        }

        notUnderstood += fields.IsBroken ? 1 : 0;
        if (fields.IsBroken || (simple is null && !hasTensor && metadata.IsEmpty))
        {
            return;
        }

        if (!tags.TryGetValue(name, out var tag))
        {
            budget.Keep(name.Length + 64);
            tags[name] = tag = new Tag(log.Series(Encoding.UTF8.GetString(name)));
        }

        // Metadata stand at the first value of a tag; PyTorch's numbers have none.
        if (!metadata.IsEmpty && tag.Plugin is null)
        {
            tag.Plugin = EventMetadata.PluginOf(metadata, out var content);
            if (tag.Plugin == "hparams")
            {
                EventMetadata.AddHyperparameters(content, hyperparameters, budget);
            }
        }

        var isScalar = tag.Plugin == "scalars";
        if (simple is { } number && (isScalar || string.IsNullOrEmpty(tag.Plugin)))
        {
            log.Add(tag.Series, step, number);
        }
        else if (hasTensor && isScalar)
        {
            if (ScalarTensor.TryRead(tensor, out var value))
            {
                log.Add(tag.Series, step, value);
            }
            else
            {
                notUnderstood++;
            }
        }
    }

    private sealed class Tag(LogSeries series)
    {
        public LogSeries Series => series;

        public string? Plugin { get; set; }
    }
}
