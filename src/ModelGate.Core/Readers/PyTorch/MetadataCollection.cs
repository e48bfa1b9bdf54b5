using System.Buffers.Binary;
using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>The scalars beside the tensors, as far as a person would read them.</summary>
internal sealed class MetadataCollection
{
    /// <summary>How deep containers without tensors are walked.</summary>
    public const int Deepest = 8;

    private const int MostEntries = 4096;
    private const int MostItems = 64;
    private const int MostNested = 512;
    private const int EntryBytes = 128;
    private const int LongestText = 64 << 10;

    private readonly List<KeyValuePair<string, MetadataValue>> entries = [];

    /// <summary>The scalars by path.</summary>
    public IReadOnlyList<KeyValuePair<string, MetadataValue>> Entries => entries;

    /// <summary>Whether a scalar is listed: inside an optimizer only what tells how far it is and how fast it goes.</summary>
    public static bool IsOfInterest(string key, bool inOptimizer) => !inOptimizer || key is "lr" or "initial_lr" or "step" or "num_updates";

    /// <summary>The named values in a container; of plain objects that act as one, their attributes or items.</summary>
    public static IEnumerable<KeyValuePair<string, PickleValue>> Named(PickleValue value) => Inside(value) is { } dict ? PickleChildren.Named(dict) : PickleChildren.Named(value);

    /// <summary>Whether a value without tensors is walked into.</summary>
    public bool IsWalked(PickleValue value) => entries.Count < MostEntries && value switch
    {
        PickleDict => true,
        PickleList list => list.Items.Count <= MostItems && !IsScalars(list.Items),
        PickleTuple tuple => tuple.Items.Length <= MostItems && !IsScalars(tuple.Items),
        _ => Inside(value) is not null,
    };

    /// <summary>Adds a scalar or a short list of such.</summary>
    public void Add(string path, PickleValue value, ReadBudget budget)
    {
        if (entries.Count < MostEntries && Convert(value) is { } converted)
        {
            budget.Keep(EntryBytes + (2L * path.Length));
            entries.Add(new(path, converted));
        }
    }

    private static PickleDict? Inside(PickleValue value) => value switch
    {
        PickleObject { Entries: { } items } instance when !PickleChildren.IsModule(instance) => items,
        PickleObject { Type.Name: "argparse.Namespace", State: PickleDict attributes } => attributes,
        _ => null,
    };

    private static bool IsScalars(IReadOnlyList<PickleValue> items)
    {
        var left = MostNested;
        return List(items, ref left) is not null;
    }

    private static MetadataValue? Convert(PickleValue value)
    {
        var left = MostNested;
        return value switch
        {
            PickleList list => List(list.Items, ref left),
            PickleTuple tuple => List(tuple.Items, ref left),
            PickleDict or PickleSet or PickleStorage => null,
            _ => Scalar(value) ?? new MetadataValue.Opaque(value is PickleObject instance ? instance.Type.Name : value.Kind),
        };
    }

    // Three levels at most: this is for configurations, not for trees.
    private static MetadataValue.List? List(IReadOnlyList<PickleValue> items, ref int left, int depth = 0)
    {
        if (items.Count > MostItems || depth > 2 || (left -= items.Count) < 0)
        {
            return null;
        }

        var converted = new List<MetadataValue>(items.Count);
        foreach (var item in items)
        {
            MetadataValue? value = item switch
            {
                PickleList list => List(list.Items, ref left, depth + 1),
                PickleTuple tuple => List(tuple.Items, ref left, depth + 1),
                _ => Scalar(item),
            };
            if (value is null)
            {
                return null;
            }

            converted.Add(value);
        }

        return new MetadataValue.List(converted);
    }

    private static MetadataValue? Scalar(PickleValue value) => value switch
    {
        PickleNone => new MetadataValue.Null(),
        PickleBool truth => new MetadataValue.Bool(truth.Value),
        PickleInt number => new MetadataValue.Integer(number.Value),
        PickleBigInt big => new MetadataValue.Text(big.Value.ToString(CultureInfo.InvariantCulture)),
        PickleFloat real => new MetadataValue.Real(real.Value),
        PickleText { Value.Length: <= LongestText } text => new MetadataValue.Text(text.Value),
        PickleNumpyArray { Shape: [], Bytes: { } bytes, Type: { } type } => Number(type, bytes),
        _ => null,
    };

    private static MetadataValue? Number(PickleNumpyType type, byte[] bytes)
    {
        if (!NumpyTypes.TryParse(type.Code, out var stored) || stored is DType.Complex64 or DType.Complex128)
        {
            return null;
        }

        var ordered = (byte[])bytes.Clone();
        if (type.BigEndian)
        {
            ByteOrder.Swap(ordered, bytes.Length);
        }

        return stored switch
        {
            DType.Float64 => new MetadataValue.Real(BinaryPrimitives.ReadDoubleLittleEndian(ordered)),
            DType.Float32 => new MetadataValue.Real(BinaryPrimitives.ReadSingleLittleEndian(ordered)),
            DType.Float16 => new MetadataValue.Real((double)BinaryPrimitives.ReadHalfLittleEndian(ordered)),
            DType.Bool => new MetadataValue.Bool(ordered[0] != 0),
            DType.UInt64 when BinaryPrimitives.ReadUInt64LittleEndian(ordered) > long.MaxValue
                => new MetadataValue.Text(BinaryPrimitives.ReadUInt64LittleEndian(ordered).ToString(CultureInfo.InvariantCulture)),
            DType.UInt64 or DType.Int64 => new MetadataValue.Integer(BinaryPrimitives.ReadInt64LittleEndian(ordered)),
            DType.UInt32 => new MetadataValue.Integer(BinaryPrimitives.ReadUInt32LittleEndian(ordered)),
            DType.Int32 => new MetadataValue.Integer(BinaryPrimitives.ReadInt32LittleEndian(ordered)),
            DType.UInt16 => new MetadataValue.Integer(BinaryPrimitives.ReadUInt16LittleEndian(ordered)),
            DType.Int16 => new MetadataValue.Integer(BinaryPrimitives.ReadInt16LittleEndian(ordered)),
            DType.UInt8 => new MetadataValue.Integer(ordered[0]),
            _ => new MetadataValue.Integer((sbyte)ordered[0]),
        };
    }
}
