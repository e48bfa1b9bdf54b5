using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Pickle.Values;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.PyTorch;

/// <summary>The records that hold the storages of an archive.</summary>
/// <param name="archive">The archive.</param>
/// <param name="root">Its folder.</param>
/// <param name="folder">The folder of the storages in it.</param>
/// <param name="bigEndian">Whether numbers are in big-endian order.</param>
internal sealed class TorchZipRecords(ZipDirectory archive, string root, string folder, bool bigEndian, ReadBudget budget)
{
    private readonly string place = $"{root}/{folder}/";
    private readonly bool hasChecksums = !archive.HasNoChecksums;
    private readonly HashSet<string> skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IByteSource> inflated = new(StringComparer.Ordinal);

    /// <summary>Names of the records that were saved without values.</summary>
    public IReadOnlySet<string> Skipped => skipped;

    /// <summary>Requires that every storage has a record of exactly its length.</summary>
    /// <param name="storages">The storages.</param>
    /// <param name="warnings">Takes what is odd.</param>
    /// <param name="isProgram">Whether the archive holds a program too: PyTorch compresses that, and nobody need know.</param>
    public void Require(TorchStorages storages, List<SafeText> warnings, bool isProgram = false)
    {
        foreach (var storage in storages.ByKey.Values)
        {
            var entry = Entry(storage.Key);

            if (entry.Size != storage.Bytes)
            {
                throw new ArtifactFault(
                    FaultReason.StorageSize, SafeText.Of($"the record {entry.Name} has {entry.Size} bytes, and its storage claims {storage.Bytes}"), entry.DataOffset);
            }

            // PyTorch's skip_data leaves zeros and no checksum where the values would be.
            if (hasChecksums && entry is { Crc32: 0, Size: > 0 } && ZipContent.Crc(archive, entry, budget, out var onlyZeros) != 0 && onlyZeros)
            {
                skipped.Add(entry.Name);
            }
        }

        if (skipped.Count > 0)
        {
            warnings.Add(SafeText.Of($"{SafeText.Count(skipped.Count, "storage was saved without its values", "storages were saved without their values")}"));
        }

        Note(archive.Entries.Where(e => !e.IsStored && !isProgram).Select(e => e.Name), "records are compressed", warnings);
        Note(archive.Entries.Where(e => IsUnused(e.Name, storages)).Select(e => e.Name), "records belong to no tensor", warnings);
    }

    /// <summary>The bytes of a storage; null where it was saved without values.</summary>
    public StorageBytes? Resolve(PickleStorage storage)
    {
        var entry = Entry(storage.Key);
        if (skipped.Contains(entry.Name))
        {
            return null;
        }

        var unit = bigEndian && storage.Type is { } type ? ByteOrder.Unit(type) : 1;
        if (entry.IsStored)
        {
            return new StorageBytes(archive.Source, entry.DataOffset + storage.Start, storage.Bytes, unit);
        }

        if (!inflated.TryGetValue(storage.Key, out var source))
        {
            inflated[storage.Key] = source = archive.Inflated.Of(entry);
        }

        return new StorageBytes(source, storage.Start, storage.Bytes, unit) { Deflated = ZipContent.Place(entry) };
    }

    private ZipEntry Entry(string key)
        => archive.Find(place, key) ?? throw new ArtifactFault(FaultReason.MissingRecord, SafeText.Of($"the archive has no record {place}{key}"));

    private bool IsUnused(string name, TorchStorages storages)
        => TorchArchiveLayout.IsStorage(name.AsSpan(root.Length + 1)) && !storages.Contains(name.AsSpan(root.Length + 6));

    private static void Note(IEnumerable<string> names, string what, List<SafeText> warnings)
    {
        var found = names.ToList();
        if (found.Count > 0)
        {
            warnings.Add(SafeText.Of($"{found.Count} {SafeText.From(what)}: {SafeText.Join(", ", found.Take(8).Select(n => SafeText.From(n)))}"));
        }
    }
}
