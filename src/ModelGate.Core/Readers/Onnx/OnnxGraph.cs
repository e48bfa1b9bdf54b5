using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.Onnx;

/// <summary>Graphs, the main one and those inside of nodes and functions: initializers of the main one are listed, those of the others and tensors in attributes are checked and counted.</summary>
/// <param name="reader">The file.</param>
/// <param name="tensors">Takes the initializers.</param>
internal sealed class OnnxGraph(WireReader reader, OnnxTensors tensors)
{
    private const int MostOperators = 64;

    private static readonly string[] Known = ["", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training"];

    private readonly SortedSet<string> custom = new(StringComparer.Ordinal);
    private readonly HashSet<string> functions = new(StringComparer.Ordinal);

    /// <summary>Tensors that no name of the main graph reaches.</summary>
    public int UnlistedTensors { get; private set; }

    /// <summary>Operators that neither ONNX nor a function of the model defines, with their domain.</summary>
    public IReadOnlyCollection<string> CustomOperators => [.. custom.Where(c => !functions.Contains(c)).Take(MostOperators)];

    /// <summary>Reads a graph.</summary>
    public void Read(bool isMain)
    {
        while (reader.Next(out var field, out var type))
        {
            switch (field)
            {
                case 1 when type == WireType.Bytes:
                    reader.ReadMessage(ReadNode);
                    break;
                case 5 or 15 when type == WireType.Bytes && isMain:
                    reader.ReadMessage(field == 5 ? () => tensors.Add(OnnxTensorProto.Read(reader)) : () => tensors.AddSparse(reader));
                    break;
                case 5 or 15:
                    reader.Require(type == WireType.Bytes, "an initializer");
                    ReadUnlisted(isSparse: field == 15);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }
    }

    /// <summary>Reads a function of the model.</summary>
    public void ReadFunction()
    {
        var (domain, name) = ReadNamed("a function's name", nameField: 1, domainField: 10, field => field switch { 7 => ReadNode, 11 => ReadAttribute, _ => null });
        functions.Add($"{domain}.{name}");
    }

    private void ReadNode()
    {
        var (domain, operation) = ReadNamed("an operator's name", nameField: 4, domainField: 7, field => field == 5 ? ReadAttribute : null);
        if (!Known.Contains(domain, StringComparer.Ordinal) && custom.Count < 4 * MostOperators)
        {
            custom.Add($"{domain}.{operation}");
        }
    }

    private (string Domain, string Name) ReadNamed(string what, int nameField, int domainField, Func<int, Action?> partOf)
    {
        var (domain, name) = ("", "");
        while (reader.Next(out var field, out var type))
        {
            if (type != WireType.Bytes)
            {
                reader.Skip(type);
            }
            else if (field == nameField)
            {
                name = reader.ReadText(what);
            }
            else if (field == domainField)
            {
                domain = reader.ReadText("a domain");
            }
            else if (partOf(field) is { } readPart)
            {
                reader.ReadMessage(readPart);
            }
            else
            {
                reader.Skip(type);
            }
        }

        return (domain, name);
    }

    private void ReadUnlisted(bool isSparse)
    {
        UnlistedTensors++;
        reader.ReadMessage(isSparse ? ReadParts : () => tensors.Check(OnnxTensorProto.Read(reader)));

        // A sparse tensor has its values and indices as tensors of their own.
        void ReadParts()
        {
            while (reader.Next(out var field, out var type))
            {
                if (field is 1 or 2 && type == WireType.Bytes)
                {
                    reader.ReadMessage(() => tensors.Check(OnnxTensorProto.Read(reader)));
                }
                else
                {
                    reader.Skip(type);
                }
            }
        }
    }

    private void ReadAttribute()
    {
        while (reader.Next(out var field, out var type))
        {
            switch (field)
            {
                case 6 or 11 when type == WireType.Bytes:
                    reader.ReadMessage(() => Read(isMain: false));
                    break;
                case 5 or 10 or 22 or 23 when type == WireType.Bytes:
                    ReadUnlisted(isSparse: field > 10);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }
    }
}
