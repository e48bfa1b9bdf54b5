using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.Onnx;

/// <summary>The model around the graph: versions, producer, operator sets, metadata.</summary>
/// <param name="reader">The file.</param>
/// <param name="tensors">Takes the initializers.</param>
internal sealed class OnnxModel(WireReader reader, OnnxTensors tensors, ReadBudget budget)
{
    private const int OperatorSetsSince = 3;

    private readonly List<KeyValuePair<string, MetadataValue>> metadata = [];
    private readonly List<KeyValuePair<string, MetadataValue>> own = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly OnnxGraph graph = new(reader, tensors);
    private long version;
    private bool hasGraph;
    private bool hasOperatorSets;

    /// <summary>Reads the model.</summary>
    /// <exception cref="ArtifactFault">It is malformed, has no graph, or its tensors contradict their description.</exception>
    public Checkpoint Read(string format)
    {
        while (reader.Next(out var field, out var type))
        {
            ReadField(field, type);
            ReadBudget.Require(metadata.Count + own.Count, budget.Limits.MetadataEntries, nameof(ReadLimits.MetadataEntries), "the number of metadata entries");
        }

        if (!hasGraph || (!hasOperatorSets && version >= OperatorSetsSince))
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the model has no {SafeText.From(hasGraph ? "operator set" : "graph")}"), reader.Position);
        }

        var custom = graph.CustomOperators;
        if (custom.Count > 0)
        {
            Add(metadata, "onnx.custom_operators", new MetadataValue.List([.. custom.Select(c => new MetadataValue.Text(c))]));
        }

        // Constants of nodes, and what lies in branches and functions: most models have some.
        if (graph.UnlistedTensors > 0)
        {
            Add(metadata, "onnx.tensors_not_listed", new MetadataValue.Integer(graph.UnlistedTensors));
        }

        return new Checkpoint(format, tensors.Entries, "", [.. metadata, .. own], [])
        {
            Warnings = custom.Count == 0
                ? []
                : [SafeText.Of($"operators that ONNX does not define, and that the runtime must bring code for: {SafeText.Join(", ", custom.Take(8).Select(c => SafeText.From(c)))}")],
        };
    }

    private void ReadField(int field, WireType type)
    {
        switch (field)
        {
            case 1 or 5:
                reader.Require(type == WireType.Varint, "a version");
                var number = (long)reader.ReadVarint();
                version = field == 1 ? number : version;
                Add(metadata, field == 1 ? "onnx.ir_version" : "onnx.model_version", new MetadataValue.Integer(number));
                break;
            case 2 or 3 or 4:
                reader.Require(type == WireType.Bytes, "a text of the model");
                Add(metadata, field switch { 2 => "onnx.producer_name", 3 => "onnx.producer_version", _ => "onnx.domain" }, new MetadataValue.Text(reader.ReadText("a text of the model")));
                break;
            case 7:
                reader.Require(type == WireType.Bytes && !hasGraph, "the graph");
                hasGraph = true;
                reader.ReadMessage(() => graph.Read(isMain: true));
                break;
            case 8:
                reader.Require(type == WireType.Bytes, "an operator set");
                reader.ReadMessage(ReadOperatorSet);
                hasOperatorSets = true;
                break;
            case 14:
                reader.Require(type == WireType.Bytes, "a metadata entry");
                var (key, value) = OnnxTensorProto.ReadPair(reader);
                Add(own, key, new MetadataValue.Text(value));
                break;
            case 25:
                reader.Require(type == WireType.Bytes, "a function");
                reader.ReadMessage(graph.ReadFunction);
                break;
            default:
                reader.Skip(type);
                break;
        }
    }

    private void ReadOperatorSet()
    {
        var (domain, number) = ("", 0L);
        while (reader.Next(out var field, out var type))
        {
            if (field == 1 && type == WireType.Bytes)
            {
                domain = reader.ReadText("a domain");
            }
            else if (field == 2 && type == WireType.Varint)
            {
                number = (long)reader.ReadVarint();
            }
            else
            {
                reader.Skip(type);
            }
        }

        Add(metadata, domain.Length == 0 ? "onnx.opset" : $"onnx.opset.{domain}", new MetadataValue.Integer(number));
    }

    // What ONNX wants once, and what scripts look up by name, stands once.
    private void Add(List<KeyValuePair<string, MetadataValue>> entries, string key, MetadataValue value)
    {
        if (!keys.Add(key))
        {
            throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the model says {key} twice"), reader.Position);
        }

        entries.Add(new(key, value));
    }
}
