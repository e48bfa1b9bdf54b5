using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Archives;
using ModelGate.Readers.PyTorch;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>Gathers the tensors of a torch.export archive.</summary>
/// <param name="archive">The archive.</param>
/// <param name="log">The names that pickles in it import.</param>
internal sealed class TorchExportContent(ZipDirectory archive, ReadBudget budget, GlobalLog log)
{
    private readonly List<TensorEntry> tensors = [];
    private readonly List<SafeText> warnings = [];
    private readonly List<KeyValuePair<string, MetadataValue>> metadata = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<SafeText> code = [.. TorchExportCode.In(archive)];

    /// <summary>Reads the layout since PyTorch 2.8: raw storages, and JSON that says what they are.</summary>
    /// <exception cref="ArtifactFault">JSON and records contradict each other.</exception>
    public void AddLayout(string root)
    {
        TorchVersionRecords.RequireVersion(archive, root, budget);
        var weights = new TorchExportWeights(archive, TorchVersionRecords.IsBigEndian(archive, root, budget), budget);
        var configs = archive.Entries.Where(e => TorchExportConfig.IsConfig(e.Name)).ToList();
        var severalModels = configs.Select(c => TorchExportConfig.ModelOf(c.Name)).Distinct(StringComparer.Ordinal).Count() > 1;
        foreach (var entry in configs)
        {
            var prefix = severalModels ? TorchExportConfig.ModelOf(entry.Name) + "." : "";
            var folder = entry.Name[..entry.Name.LastIndexOf('/')];
            foreach (var tensor in TorchExportConfig.Read(archive, entry, budget))
            {
                Add(tensor.UsesPickle ? Nested(weights.Find(folder, tensor), prefix + tensor.Name) : weights.Create(folder, tensor, prefix + tensor.Name, warnings));
            }
        }

        foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".pt", StringComparison.Ordinal)))
        {
            NotePickle(entry, list: entry.Name.StartsWith($"{root}/data/weights/", StringComparison.Ordinal));
        }

        foreach (var entry in archive.Entries.Where(e => e.Name[(e.Name.LastIndexOf('/') + 1)..].StartsWith("opaque_obj_", StringComparison.Ordinal)))
        {
            StrayPickles.Note(archive, entry, budget, log);
        }
    }

    /// <summary>Reads the layout before PyTorch 2.8: checkpoints in the archive.</summary>
    public void AddOldLayout(string prefix)
    {
        foreach (var stem in new[] { "serialized_state_dict", "serialized_constants", "serialized_example_inputs" })
        {
            foreach (var extension in new[] { ".pt", ".json" })
            {
                if (archive.ByName.TryGetValue(prefix + stem + extension, out var entry))
                {
                    NotePickle(entry, list: stem != "serialized_example_inputs");
                }
            }
        }
    }

    /// <summary>What was gathered.</summary>
    public Checkpoint ToCheckpoint(string format)
    {
        code.AddRange(TorchExportExpressions.In(archive, budget));
        var foreign = TorchExportRecords.Foreign(archive, budget, log);
        if (foreign.Count > 0)
        {
            warnings.Add(ForeignRecord.Sentence(foreign));
        }

        if (log.Danger(null) is { } danger)
        {
            throw danger;
        }

        if (code.Count > 0)
        {
            warnings.Insert(0, CodeSentence.Of(code));
        }

        return new Checkpoint(format, tensors, "", metadata, log.ToList())
        {
            Warnings = warnings,
            Code = code,
            Checksums = new ZipChecksums(archive, new HashSet<string>(), budget.Limits),
            ForeignRecords = foreign,
        };
    }

    private void Add(TensorEntry? tensor)
    {
        if (tensor is null)
        {
            return;
        }

        ReadBudget.Require(tensors.Count + 1, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        tensors.Add(names.Add(tensor.Name)
            ? tensor
            : throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two tensors have the name {tensor.Name}")));
    }

    private void NotePickle(ZipEntry entry, bool list)
    {
        // An empty list of constants may be written as no bytes at all.
        if (entry.Size == 0)
        {
            return;
        }

        var checkpoint = Open(entry);
        foreach (var tensor in list ? checkpoint.Tensors : [])
        {
            Add(tensor);
        }
    }

    private TensorEntry Nested(ZipEntry entry, string name)
        => Open(entry).Tensors is [var tensor] ? tensor with { Name = name } : throw new ArtifactFault(FaultReason.Tensor, SafeText.Of($"the record {entry.Name} holds not one tensor"));

    private Checkpoint Open(ZipEntry entry)
    {
        var (source, start) = ZipContent.Lazily(archive, entry);
        try
        {
            var nested = ZipDirectory.Read(new RangeByteSource(source, start, entry.Size), budget);
            return TorchArchiveLayout.IsProgram(nested)
                ? throw new ArtifactFault(FaultReason.ContainsCode, SafeText.Of($"it is TorchScript, which no weights are"))
                : PyTorchZipReader.Read(nested, budget, log);
        }
        catch (ArtifactFault fault) when (fault.Reason != FaultReason.DangerousGlobal)
        {
            fault.Part ??= entry.Name;
            throw;
        }
    }
}
