using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Json;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>What the JSON beside the records says of one tensor.</summary>
/// <param name="Name">The qualified name.</param>
/// <param name="Record">The record's name in the same folder. Text from the file.</param>
/// <param name="UsesPickle">Whether the record is a checkpoint of its own instead of raw bytes.</param>
/// <param name="Meta">Type, sizes and strides; null for what is not a tensor.</param>
internal sealed record TorchExportTensor(string Name, string Record, bool UsesPickle, TorchExportMeta? Meta);

/// <summary>Type, sizes and strides of a tensor.</summary>
internal sealed record TorchExportMeta(long Type, long[] Sizes, long[] Strides, long Offset, long Layout);

/// <summary>The JSON that says which record holds which tensor.</summary>
internal static class TorchExportConfig
{
    // What a description takes before it becomes a tensor.
    private const int TensorBytes = 300;

    private static readonly string[] Endings = ["_weights_config.json", "_constants_config.json", "_model_param_config.json"];

    /// <summary>Whether a record is such a JSON.</summary>
    public static bool IsConfig(string name) => name.Contains("/data/", StringComparison.Ordinal) && Endings.Any(e => name.EndsWith(e, StringComparison.Ordinal));

    /// <summary>The name of the model that it describes.</summary>
    public static string ModelOf(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        return file[..^Endings.First(e => file.EndsWith(e, StringComparison.Ordinal)).Length];
    }

    /// <summary>Reads the JSON.</summary>
    /// <exception cref="ArtifactFault">It is not of the expected form, or has a key twice.</exception>
    public static List<TorchExportTensor> Read(ZipDirectory archive, ZipEntry entry, ReadBudget budget)
    {
        var bytes = ZipContent.Read(archive, entry, budget, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes));
        return StrictJson.Parse(bytes, budget.Limits.Nesting, entry.Name, (ref Utf8JsonReader reader) => Read(ref reader, budget));
    }

    private static List<TorchExportTensor> Read(ref Utf8JsonReader reader, ReadBudget budget)
    {
        var tensors = new List<TorchExportTensor>();
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (StrictJson.NextKey(ref reader, keys) is { } key)
        {
            if (key != "config")
            {
                Skip(ref reader);
                continue;
            }

            StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object of name to record");
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (StrictJson.NextKey(ref reader, names) is { } name)
            {
                budget.Step();
                budget.Keep(TensorBytes + (2L * name.Length));
                tensors.Add(ReadTensor(ref reader, name, budget));
                ReadBudget.Require(tensors.Count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
            }
        }

        return tensors;
    }

    private static TorchExportTensor ReadTensor(ref Utf8JsonReader reader, string name, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object that describes a record");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        string? record = null;
        var pickled = false;
        TorchExportMeta? meta = null;
        while (StrictJson.NextKey(ref reader, keys) is { } key)
        {
            switch (key)
            {
                case "path_name":
                    record = StrictJson.NextText(ref reader, "a record's name");
                    break;
                case "use_pickle":
                    reader.Read();
                    pickled = reader.TokenType == JsonTokenType.True;
                    break;
                case "tensor_meta":
                    reader.Read();
                    meta = reader.TokenType == JsonTokenType.Null ? null : ReadMeta(ref reader, budget);
                    break;
                default:
                    Skip(ref reader);
                    break;
            }
        }

        return new TorchExportTensor(name, record ?? throw StrictJson.Unexpected(ref reader, "a path_name"), pickled, meta);
    }

    private static TorchExportMeta ReadMeta(ref Utf8JsonReader reader, ReadBudget budget)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw StrictJson.Unexpected(ref reader, "an object that describes a tensor");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        long? type = null, offset = null, layout = null;
        long[]? sizes = null, strides = null;
        while (StrictJson.NextKey(ref reader, keys) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    type = StrictJson.NextSize(ref reader, "a dtype");
                    break;
                case "layout":
                    layout = StrictJson.NextSize(ref reader, "a layout");
                    break;
                case "sizes":
                    sizes = ReadIntegers(ref reader, budget);
                    break;
                case "strides":
                    strides = ReadIntegers(ref reader, budget);
                    break;
                case "storage_offset":
                    reader.Read();
                    offset = ReadInteger(ref reader);
                    break;
                default:
                    Skip(ref reader);
                    break;
            }
        }

        return type is not null && sizes is not null && strides?.Length == sizes.Length && offset is not null
            ? new TorchExportMeta(type.Value, sizes, strides, offset.Value, layout ?? 0)
            : throw StrictJson.Unexpected(ref reader, "dtype, sizes, as many strides, and storage_offset");
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartArray, "a list of integers");
        var integers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            integers.Add(ReadInteger(ref reader));
            ReadBudget.Require(integers.Count, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", reader.TokenStartIndex);
        }

        return [.. integers];
    }

    // {"as_int": 3}; a size that is an expression belongs to an input and never to a weight.
    private static long ReadInteger(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw StrictJson.Unexpected(ref reader, "an integer under as_int");
        }

        StrictJson.Next(ref reader, JsonTokenType.PropertyName, "an integer under as_int");
        if (!StrictJson.Is(ref reader, "as_int"u8))
        {
            throw StrictJson.Unexpected(ref reader, "an integer under as_int");
        }

        var value = StrictJson.NextSize(ref reader, "a size, stride or offset");
        StrictJson.Next(ref reader, JsonTokenType.EndObject, "one integer");
        return value;
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
