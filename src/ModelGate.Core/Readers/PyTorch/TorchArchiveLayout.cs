using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.PyTorch;

/// <summary>Which records a PyTorch archive has, and what they make it.</summary>
internal static class TorchArchiveLayout
{
    private static readonly string[] Small =
        ["data.pkl", "byteorder", "version", ".data/version", ".data/serialization_id", ".format_version", ".storage_alignment"];

    private static readonly string[] ModelEndings = [".pth", ".pt", ".ckpt", ".safetensors", ".bin", ".onnx", ".gguf", ".index", ".pkl", ".h5"];

    /// <summary>The one folder in which everything lies.</summary>
    public static string Root(ZipDirectory archive)
    {
        var name = archive.Entries[0].Name;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            throw Foreign(archive, name);
        }

        var root = name[..slash];
        foreach (var entry in archive.Entries)
        {
            if (!entry.Name.AsSpan().StartsWith(name.AsSpan(0, slash + 1), StringComparison.Ordinal))
            {
                throw archive.Entries.Any(e => e.Name.EndsWith("/data.pkl", StringComparison.OrdinalIgnoreCase))
                    ? new ArtifactFault(FaultReason.SeveralRoots, SafeText.Of($"the record {entry.Name} lies outside of the archive's folder {root}"), entry.HeaderOffset)
                    : Foreign(archive, entry.Name);
            }
        }

        return root;
    }

    /// <summary>Whether an archive holds a TorchScript program.</summary>
    public static bool IsProgram(ZipDirectory archive)
    {
        var holdsProgram = false;
        foreach (var entry in archive.Entries)
        {
            var name = Inside(entry.Name);
            if (name is ".data/extern_modules")
            {
                return false;
            }

            holdsProgram |= name is "constants.pkl" or "model.json" or "bytecode.pkl" || name.StartsWith("code/", StringComparison.Ordinal);
        }

        return holdsProgram;
    }

    /// <summary>A record's name without the folder that it begins with.</summary>
    public static ReadOnlySpan<char> Inside(string name) => name.AsSpan(name.IndexOf('/', StringComparison.Ordinal) + 1);

    /// <summary>Requires that the archive is a checkpoint, and none of PyTorch's archives that hold code.</summary>
    public static void RequireCheckpoint(ZipDirectory archive, string root)
    {
        if (Kind(archive, root) is { } kind)
        {
            throw kind;
        }

        if (!archive.ByName.ContainsKey($"{root}/data.pkl"))
        {
            throw Wrapped(archive) ?? new ArtifactFault(FaultReason.MissingRecord, SafeText.Of($"the archive has no record {root}/data.pkl"));
        }
    }

    /// <summary>Verifies the checksums of what is parsed.</summary>
    public static void VerifySmallRecords(ZipDirectory archive, string root, ReadBudget budget, List<SafeText> warnings)
    {
        if (archive.HasNoChecksums)
        {
            warnings.Add(SafeText.Of($"the archive has no checksums"));
            return;
        }

        foreach (var entry in archive.Entries.Where(e => IsSmall(e.Name.AsSpan(root.Length + 1))))
        {
            ZipContent.VerifyCrc(archive, entry, budget);
        }
    }

    /// <summary>Whether a checkpoint has a record of this name, which lies in the archive's folder.</summary>
    public static bool IsOfCheckpoint(ReadOnlySpan<char> name) => IsSmall(name) || IsStorage(name);

    /// <summary>Whether a record is named like a storage.</summary>
    public static bool IsStorage(ReadOnlySpan<char> name)
        => name.StartsWith("data/", StringComparison.Ordinal) && name.Length > 5 && name[5..].IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsSmall(ReadOnlySpan<char> name)
    {
        foreach (var small in Small)
        {
            if (name.SequenceEqual(small))
            {
                return true;
            }
        }

        return false;
    }

    // TorchScript and torch.export have readers of their own.
    private static ArtifactFault? Kind(ZipDirectory archive, string root)
        => archive.ByName.ContainsKey($"{root}/.data/extern_modules")
            ? new ArtifactFault(FaultReason.ContainsCode, SafeText.Of($"the archive is a torch.package, which carries Python modules"))
            : null;

    // What is downloaded is often a zip archive around the model.
    private static ArtifactFault? Wrapped(ZipDirectory archive)
    {
        var models = archive.Entries.Where(e => Array.Exists(ModelEndings, ending => e.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (archive.ByName.ContainsKey("_stable_baselines3_version"))
        {
            return new ArtifactFault(
                FaultReason.UnsupportedFormat, SafeText.Of($"this is a model of Stable-Baselines3, an archive around several checkpoints: unpack it, and use policy.pth"));
        }

        return models.Length == 0 || archive.Entries.Any(e => e.Name.EndsWith("/data.pkl", StringComparison.OrdinalIgnoreCase))
            ? null
            : new ArtifactFault(
                FaultReason.UnsupportedFormat,
                SafeText.Of($"this is a zip archive around {SafeText.Join(", ", models.Take(3).Select(e => SafeText.From(e.Name, 80)))}{(models.Length > 3 ? SafeText.Of($" and {models.Length - 3} more") : SafeText.Empty)}: unpack it, and use the file that is in it"));
    }

    private static ArtifactFault Foreign(ZipDirectory archive, string name)
        => archive.Entries.Any(e => e.Name.StartsWith("MAR-INF/", StringComparison.Ordinal))
            ? new ArtifactFault(FaultReason.ContainsCode, SafeText.Of($"the archive is a TorchServe model, which carries Python code"))
            : Wrapped(archive) ?? new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"the zip archive is not PyTorch's: the record {name} lies in no common folder"));
}
