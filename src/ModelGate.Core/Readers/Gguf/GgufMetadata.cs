using System.Buffers.Binary;
using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Gguf;

/// <summary>The keys and values in front of the tensors. Of a long list only the beginning is kept.</summary>
/// <param name="input">The file.</param>
internal sealed class GgufMetadata(GgufInput input, ReadBudget budget)
{
    private const int Bool = 7;
    private const int Text = 8;
    private const int Array = 9;
    private const int MostItems = 32;
    private const int EntryBytes = 128;
    private const int ItemBytes = 40;
    private const int LongestKept = 64 << 10;
    private const int LongestKey = 65_535;

    /// <summary>Reads so many keys.</summary>
    /// <exception cref="ArtifactFault">A key occurs twice, a type is not known, or the file ends before.</exception>
    public List<KeyValuePair<string, MetadataValue>> Read(int count)
    {
        var entries = new List<KeyValuePair<string, MetadataValue>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var at = input.Position;
            var key = input.ReadText("a metadata key");
            if (key.Length is 0 or > LongestKey || !keys.Add(key))
            {
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the metadata key {key} occurs twice, or is empty or too long"), at);
            }

            budget.Keep(EntryBytes + (2L * key.Length));
            entries.Add(new(key, ReadValue(input.ReadUInt32("the type of a value"), 0)));
            budget.Checkpoint();
        }

        return entries;
    }

    private MetadataValue ReadValue(uint type, int depth) => type switch
    {
        Text => ReadText(),
        Array => ReadList(depth),
        _ => ReadNumber(type),
    };

    private MetadataValue ReadText()
    {
        var text = input.ReadText("a metadata text");
        budget.Keep(text.Length <= LongestKept ? 2L * text.Length : 0);
        return text.Length <= LongestKept
            ? new MetadataValue.Text(text)
            : new MetadataValue.Opaque(string.Create(CultureInfo.InvariantCulture, $"a text of {SafeText.Count(text.Length, "character")}"));
    }

    private MetadataValue ReadNumber(uint type)
    {
        var size = NumberSize(type);
        var bytes = input.ReadNumber(size, "a metadata value");
        return type switch
        {
            0 => new MetadataValue.Integer(bytes[0]),
            1 => new MetadataValue.Integer((sbyte)bytes[0]),
            2 => new MetadataValue.Integer(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
            3 => new MetadataValue.Integer(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            4 => new MetadataValue.Integer(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
            5 => new MetadataValue.Integer(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            6 => new MetadataValue.Real(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            Bool => bytes[0] <= 1
                ? new MetadataValue.Bool(bytes[0] == 1)
                : throw new ArtifactFault(FaultReason.BadValue, SafeText.Of($"a truth value is {(int)bytes[0]}"), input.Position),
            10 when BinaryPrimitives.ReadUInt64LittleEndian(bytes) is > long.MaxValue and var big => new MetadataValue.Text(big.ToString(CultureInfo.InvariantCulture)),
            10 or 11 => new MetadataValue.Integer(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            _ => new MetadataValue.Real(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        };
    }

    private MetadataValue.List ReadList(int depth)
    {
        if (depth > 2)
        {
            throw ReadBudget.Exceeded(nameof(ReadLimits.Nesting), SafeText.Of($"metadata lists are nested more than {depth} deep"), input.Position);
        }

        var type = input.ReadUInt32("the type of a list");
        var count = input.ReadUInt64("the length of a list");
        var items = new List<MetadataValue>();
        budget.Step();
        budget.Keep(EntryBytes + (ItemBytes * (long)Math.Min(count, MostItems)));
        if (type is not (Text or Array))
        {
            var size = NumberSize(type);
            var kept = (int)Math.Min(count, MostItems);
            for (var i = 0; i < kept; i++)
            {
                items.Add(ReadNumber(type));
            }

            input.Skip((Int128)(count - (ulong)kept) * size, "a metadata list");
        }
        else
        {
            for (var i = 0UL; i < count; i++)
            {
                if (i < MostItems)
                {
                    items.Add(ReadValue(type, depth + 1));
                }
                else if (type == Text)
                {
                    input.SkipText("a metadata text");
                }
                else
                {
                    ReadList(depth + 1);
                }

                if ((i & 0xFFF) == 0)
                {
                    budget.Checkpoint();
                }
            }
        }

        if (count > MostItems)
        {
            items.Add(new MetadataValue.Opaque(string.Create(CultureInfo.InvariantCulture, $"and {count - MostItems} more")));
        }

        return new MetadataValue.List(items);
    }

    private int NumberSize(uint type) => type switch
    {
        0 or 1 or Bool => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => throw new ArtifactFault(FaultReason.BadType, SafeText.Of($"a metadata value has the type {type}, which is not known"), input.Position),
    };
}
