using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.TensorBoard;

/// <summary>What stands beside a tag's first value: the plugin that shows it, and what the plugin says.</summary>
/// <remarks>https://github.com/tensorflow/tensorboard/blob/master/tensorboard/plugins/hparams/plugin_data.proto</remarks>
internal static class EventMetadata
{
    private const int EntryBytes = 96;

    /// <summary>The plugin's name, empty where there is none, and what it says.</summary>
    public static string PluginOf(ReadOnlySpan<byte> metadata, out ReadOnlySpan<byte> content)
    {
        content = default;
        var name = "";
        var data = new WireSpan(Message(metadata, 1));
        while (data.Next())
        {
            if (data.Field == 1 && data.Type == WireType.Bytes)
            {
                name = Encoding.UTF8.GetString(data.Bytes);
            }
            else if (data.Field == 2 && data.Type == WireType.Bytes)
            {
                content = data.Bytes;
            }
        }

        return name;
    }

    /// <summary>Adds the hyperparameters of a session that starts.</summary>
    public static void AddHyperparameters(ReadOnlySpan<byte> content, Dictionary<string, MetadataValue> hyperparameters, ReadBudget budget)
    {
        var session = new WireSpan(Message(content, 3));
        while (session.Next())
        {
            if (session.Field != 1 || session.Type != WireType.Bytes || ValueOf(Message(session.Bytes, 2)) is not { } value)
            {
                continue;
            }

            var name = Encoding.UTF8.GetString(Message(session.Bytes, 1));
            budget.Keep(EntryBytes + (2L * name.Length) + (value is MetadataValue.Text text ? 2L * text.Value.Length : 0));
            hyperparameters[name] = value;
        }
    }

    // google.protobuf.Value
    private static MetadataValue? ValueOf(ReadOnlySpan<byte> data)
    {
        var fields = new WireSpan(data);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 2 when fields.Type == WireType.Fixed64:
                    return new MetadataValue.Real(BitConverter.UInt64BitsToDouble(fields.Number));
                case 3 when fields.Type == WireType.Bytes:
                    return new MetadataValue.Text(Encoding.UTF8.GetString(fields.Bytes));
                case 4 when fields.Type == WireType.Varint:
                    return new MetadataValue.Bool(fields.Number != 0);
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> data, int field)
    {
        var fields = new WireSpan(data);
        while (fields.Next())
        {
            if (fields.Field == field && fields.Type == WireType.Bytes)
            {
                return fields.Bytes;
            }
        }

        return default;
    }
}
