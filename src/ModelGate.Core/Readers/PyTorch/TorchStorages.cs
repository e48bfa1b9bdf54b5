using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>The storages that a checkpoint's pickle refers to by persistent ids.</summary>
/// <param name="legacy">Whether the ids are those of the container before zip, which also names views and modules.</param>
internal sealed class TorchStorages(bool legacy)
{
    private const int LongestKey = 256;

    private readonly Dictionary<string, PickleStorage> byKey = new(StringComparer.Ordinal);

    /// <summary>The storages by the name of their record.</summary>
    public IReadOnlyDictionary<string, PickleStorage> ByKey => byKey;

    /// <summary>Whether the pickle refers to the storage of a key.</summary>
    public bool Contains(ReadOnlySpan<char> key) => byKey.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(key);

    /// <summary>Describes what an id stands for.</summary>
    /// <exception cref="ArtifactFault">It is not the id of a storage, or contradicts another one.</exception>
    public PickleValue Load(PickleValue id, long offset)
    {
        if (legacy && id is PickleTuple { Items: [PickleText { Value: "module" }, PickleGlobal type, PickleText or PickleNone, PickleText or PickleNone] })
        {
            return type;
        }

        if (id is not PickleTuple { Items: [PickleText { Value: "storage" }, PickleGlobal kind, PickleText key, PickleText location, PickleInt numel, ..] items }
            || items.Length != (legacy ? 6 : 5) || !TorchTypes.TryStorage(kind, out var elementType))
        {
            throw new ArtifactFault(FaultReason.PersistentId, SafeText.Of($"a persistent id is not that of a storage ({id.Kind})"), offset);
        }

        RequireKey(key.Value, offset);
        var bytes = (Int128)numel.Value * (elementType?.ItemSize() ?? 1);
        if (bytes < 0 || bytes > long.MaxValue)
        {
            throw new ArtifactFault(FaultReason.Overflow, SafeText.Of($"the storage {key.Value} claims {numel.Value} elements"), offset);
        }

        var storage = Find(key.Value, elementType, (long)bytes, location.Value, offset);
        return legacy ? View(storage, items[5], offset) : storage;
    }

    private PickleStorage Find(string key, DType? type, long bytes, string location, long offset)
    {
        if (!byKey.TryGetValue(key, out var known))
        {
            return byKey[key] = new PickleStorage(key, type, bytes, location);
        }

        if (known.Type == type && known.Bytes == bytes)
        {
            return known;
        }

        // Untyped bytes and a storage of bytes are the same thing under two names.
        return known.Bytes == bytes && known.Type is null or DType.UInt8 && type is null or DType.UInt8
            ? new PickleStorage(key, type, bytes, location)
            : throw new ArtifactFault(
                FaultReason.StorageConflict,
                SafeText.Of($"the storage {key} is first {SafeText.Count(known.Bytes, "byte")} of {known.Type?.Name() ?? "bytes"} and then {bytes} of {type?.Name() ?? "bytes"}"),
                offset);
    }

    private static PickleStorage View(PickleStorage root, PickleValue view, long offset)
    {
        if (view is PickleNone)
        {
            return root;
        }

        if (view is not PickleTuple { Items: [PickleText, PickleInt first, PickleInt size] })
        {
            throw new ArtifactFault(FaultReason.PersistentId, SafeText.Of($"a view of the storage {root.Key} is described by {view.Kind}"), offset);
        }

        var item = root.Type?.ItemSize() ?? 1;
        return first.Value >= 0 && size.Value >= 0 && ((Int128)first.Value + size.Value) * item <= root.Bytes
            ? new PickleStorage(root.Key, root.Type, size.Value * item, root.Location) { Start = first.Value * item }
            : throw new ArtifactFault(FaultReason.OutOfRange, SafeText.Of($"a view of the storage {root.Key} reaches over its end"), offset);
    }

    private void RequireKey(string key, long offset)
    {
        // A zip record is named by it, so it must be a number there; in the older container it is only compared.
        if (key.Length is 0 or > LongestKey || (!legacy && key.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            throw new ArtifactFault(FaultReason.StorageKey, SafeText.Of($"the storage key {key} is not a number"), offset);
        }
    }
}
