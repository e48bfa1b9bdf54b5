using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.Safetensors;

/// <summary>Reads the index of a model that lies in several files, of safetensors or of PyTorch: the shards beside it hold exactly the tensors that it names.</summary>
[Reader(ReaderAttribute.ByStructure + 30)]
internal sealed class SafetensorsIndexReader : ArtifactReader
{
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
        var found = new Dictionary<string, (string Shard, TensorEntry Tensor)>(StringComparer.Ordinal);
        var warnings = new List<SafeText>();
        var parts = new List<(string Name, Checkpoint Content)>();
        Int128 bytes = 0;
        foreach (var (name, shard) in new SafetensorsShards(request.Folder, index, budget).Read())
        {
            bytes += shard.TensorBytes;
            parts.AddRange(shard.PyTorch is { } part ? [(name, part)] : []);
            warnings.NoteAll(shard.Warnings);
            foreach (var tensor in shard.Tensors)
            {
                if (!found.TryAdd(tensor.Name, (name, tensor)))
                {
                    throw new ArtifactFault(FaultReason.Shard, SafeText.Of($"the tensor {tensor.Name} is in {found[tensor.Name].Shard} and in {name}"));
                }
            }
        }

        var tensors = Match(index, found);
        if (parts.Count > 0)
        {
            // Its total counts tensors that share a storage twice in some versions, so that only the names are compared.
            return new Checkpoint(parts[0].Content.Format, tensors, "", index.Metadata, [.. parts.SelectMany(p => p.Content.Globals).DistinctBy(g => g.Name, StringComparer.Ordinal).OrderBy(g => g.Name, StringComparer.Ordinal)])
            {
                Warnings = warnings,
                Code = [.. parts.SelectMany(p => p.Content.Code)],
                UnknownOpcode = parts.Select(p => p.Content.UnknownOpcode).FirstOrDefault(o => o is not null),
                ForeignRecords = [.. parts.SelectMany(p => p.Content.ForeignRecords)],
                Checksums = parts.TrueForAll(p => p.Content.Checksums is not null) ? new PartChecksums([.. parts.Select(p => (p.Name, p.Content.Checksums!))]) : null,
            };
        }

        return index.TotalSize is { } total && total != bytes
            ? throw new ArtifactFault(FaultReason.Shard, SafeText.Of($"the index says that the tensors have {total} bytes, and the shards hold {bytes}"))
            : new Checkpoint(Format, tensors, "", index.Metadata, []) { Warnings = warnings };
    }

    // The files are whole, each by its own header: what does not agree with them is the index.
    private static List<TensorEntry> Match(SafetensorsIndex index, Dictionary<string, (string Shard, TensorEntry Tensor)> found)
    {
        var absent = index.Map.Where(m => !found.ContainsKey(m.Key)).ToArray();
        var moved = index.Map.Where(m => found.TryGetValue(m.Key, out var place) && place.Shard != m.Value).ToArray();
        var named = index.Map.Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        var unnamed = found.Where(f => !named.Contains(f.Key)).ToArray();
        var facts = new List<SafeText>();
        if (absent.Length > 0)
        {
            facts.Add(SafeText.Of($"the index names the tensor {absent[0].Key} in {absent[0].Value}, and no shard has it{Others(absent.Length)}"));
        }

        if (moved.Length > 0)
        {
            facts.Add(SafeText.Of($"the index names the tensor {moved[0].Key} in {moved[0].Value}, and it is in {found[moved[0].Key].Shard}{Others(moved.Length)}"));
        }

        if (unnamed.Length > 0)
        {
            facts.Add(SafeText.Of($"{unnamed[0].Value.Shard} has the tensor {unnamed[0].Key}, which the index does not name{Others(unnamed.Length)}"));
        }

        return facts.Count == 0
            ? [.. index.Map.Select(m => found[m.Key].Tensor)]
            : throw new ArtifactFault(FaultReason.StaleIndex, SafeText.Of(
                $"the index is stale, of another save than the files that it names: {SafeText.Join("; ", facts)}; {(absent.Length > 0 ? "take index and files from one save" : "write the index anew from the files that are here")}"));
    }

    private static SafeText Others(int count) => count == 1 ? SafeText.Empty : SafeText.Of($", and {count - 1} more are so");
}
