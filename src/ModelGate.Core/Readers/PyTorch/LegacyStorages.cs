using System.Buffers.Binary;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>The storages behind the pickles of a legacy file: each a count of elements, then the elements, up to the end of the file.</summary>
internal sealed class LegacyStorages
{
    private const int CountBytes = 8;

    private readonly IByteSource source;
    private readonly Dictionary<string, long> starts = new(StringComparer.Ordinal);

    /// <summary>Finds every storage and requires that nothing is missing and nothing left over.</summary>
    public LegacyStorages(IByteSource source, long start, TorchStorages storages, PickleValue keys, ReadBudget budget)
    {
        this.source = source;
        if (keys is not PickleList list)
        {
            throw new ArtifactFault(FaultReason.StorageList, SafeText.Of($"the fifth pickle is not a list of storages but {keys.Kind}"));
        }

        var at = start;
        Span<byte> count = stackalloc byte[CountBytes];
        foreach (var item in list.Items)
        {
            if (item is not PickleText key || !storages.ByKey.TryGetValue(key.Value, out var storage) || !starts.TryAdd(key.Value, at + CountBytes))
            {
                throw new ArtifactFault(FaultReason.StorageList, SafeText.Of($"the list of storages has an entry that no tensor refers to, or one twice"), at);
            }

            source.ReadExactly(at, count, "the count of a storage");
            var elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            if ((Int128)elements * (storage.Type?.ItemSize() ?? 1) != storage.Bytes)
            {
                throw new ArtifactFault(
                    FaultReason.StorageSize, SafeText.Of($"the storage {storage.Key} counts {SafeText.Count(elements, "element")}, and its tensors say {SafeText.Count(storage.Bytes, "byte")}"), at);
            }

            at += CountBytes;
            if (storage.Bytes > source.Length - at)
            {
                throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the storage {storage.Key} wants {SafeText.Count(storage.Bytes, "byte")}, and {SafeText.Count(source.Length - at, "is", "are")} left"), at);
            }

            at += storage.Bytes;
            if ((starts.Count & 1023) == 0)
            {
                budget.Checkpoint();
            }
        }

        if (starts.Count != storages.ByKey.Count)
        {
            throw new ArtifactFault(FaultReason.StorageList, SafeText.Of($"the file lists {SafeText.Count(starts.Count, "storage")}, and its tensors refer to {storages.ByKey.Count}"), start);
        }

        if (at != source.Length)
        {
            throw new ArtifactFault(FaultReason.TrailingBytes, SafeText.Of($"{SafeText.Count(source.Length - at, "byte follows", "bytes follow")} the last storage"), at);
        }
    }

    /// <summary>The bytes of a storage.</summary>
    public StorageBytes Resolve(PickleStorage storage) => new(source, starts[storage.Key] + storage.Start, storage.Bytes, 1);
}
