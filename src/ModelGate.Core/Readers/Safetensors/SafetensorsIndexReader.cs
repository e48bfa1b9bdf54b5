using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Pickle;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.Safetensors;

/// <summary>Reads the index of a model that lies in several safetensors files: the shards beside it hold exactly the tensors that it names.</summary>
[Reader(ReaderAttribute.ByStructure + 30)]
internal sealed class SafetensorsIndexReader : ArtifactReader
{
    private static readonly FaultReason Reason = FaultReason.Shard;

    /// <inheritdoc/>
    public override string Format => "safetensors";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        var at = text.IndexOf("\"weight_map\""u8);
        return at >= 0 && text[0] == (byte)'{' && text[(at + 12)..].TrimStart(" \t\r\n"u8) is [(byte)':', .. var value] && value.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        ReadBudget.Require(source.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the JSON document");
        var index = StrictJson.Parse(
            source.ReadArray(0, source.Length, "the index"), budget.Limits.Nesting, "the index", (ref Utf8JsonReader reader) => SafetensorsIndex.Read(ref reader, budget));
        var shards = new SiblingFiles(request.Folder, Reason, budget);
        var found = new Dictionary<string, (string Shard, TensorEntry Tensor)>(StringComparer.Ordinal);
        var warnings = new List<SafeText>();
        Int128 bytes = 0;
        foreach (var name in index.Map.Select(m => m.Value).Distinct(StringComparer.Ordinal))
        {
            var shard = ReadShard(shards.Open(name, below: false), name, budget);
            bytes += shard.TensorBytes;
            warnings.NoteAll(shard.Warnings);
            foreach (var tensor in shard.Tensors)
            {
                if (!found.TryAdd(tensor.Name, (name, tensor)))
                {
                    throw new ArtifactFault(Reason, SafeText.Of($"the tensor {tensor.Name} is in {found[tensor.Name].Shard} and in {name}"));
                }
            }
        }

        var tensors = Match(index, found);
        return index.TotalSize is { } total && total != bytes
            ? throw new ArtifactFault(Reason, SafeText.Of($"the index says that the tensors have {total} bytes, and the shards hold {bytes}"))
            : new Checkpoint(Format, tensors, "", index.Metadata, []) { Warnings = warnings };
    }

    private static SafetensorsFile ReadShard(IByteSource source, string name, ReadBudget budget)
    {
        try
        {
            ReadBudget.Require(source.Length, budget.Limits.FileBytes, nameof(ReadLimits.FileBytes), "the file's length");
            Span<byte> head = stackalloc byte[4];
            if (source.Read(0, head) == 4 && (head.SequenceEqual("PK\x03\x04"u8) || PlainPickleReader.IsPickle(head)))
            {
                throw new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"it is a checkpoint of PyTorch, and models in several of these are not read: inspect each"));
            }

            budget.Admit(source.Length);
            return SafetensorsReader.ReadFile(source, budget);
        }
        catch (ArtifactFault fault)
        {
            fault.Part ??= name;
            throw;
        }
    }

    private static List<TensorEntry> Match(SafetensorsIndex index, Dictionary<string, (string Shard, TensorEntry Tensor)> found)
    {
        var tensors = new List<TensorEntry>(index.Map.Count);
        foreach (var (name, shard) in index.Map)
        {
            if (!found.Remove(name, out var place))
            {
                throw new ArtifactFault(Reason, SafeText.Of($"the index names the tensor {name} in {shard}, and no shard has it"));
            }

            if (place.Shard != shard)
            {
                throw new ArtifactFault(Reason, SafeText.Of($"the index names the tensor {name} in {shard}, and it is in {place.Shard}"));
            }

            tensors.Add(place.Tensor);
        }

        return found.Count == 0
            ? tensors
            : throw new ArtifactFault(Reason, SafeText.Of($"{found.First().Value.Shard} has the tensor {found.First().Key}, which the index does not name"));
    }
}
