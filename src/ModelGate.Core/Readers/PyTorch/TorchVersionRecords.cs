using System.Globalization;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.PyTorch;

/// <summary>The small records of a PyTorch archive: they must say what PyTorch itself would accept.</summary>
internal static class TorchVersionRecords
{
    private const int LongestRecord = 64;

    /// <summary>Requires a version from 1 to 10.</summary>
    public static void RequireVersion(ZipDirectory archive, string root, ReadBudget budget)
    {
        var entry = archive.ByName.GetValueOrDefault($"{root}/.data/version") ?? archive.ByName.GetValueOrDefault($"{root}/version")
            ?? throw new ArtifactFault(FaultReason.MissingRecord, SafeText.Of($"the archive has no version record"));
        var text = Read(archive, entry, FaultReason.Version, budget);
        if (!int.TryParse(text.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version is < 1 or > 10)
        {
            throw new ArtifactFault(FaultReason.Version, SafeText.Of($"the archive's version is {text}: 1 to 10 are known"), entry.DataOffset);
        }
    }

    /// <summary>Whether the storages are big-endian.</summary>
    public static bool IsBigEndian(ZipDirectory archive, string root, ReadBudget budget)
    {
        if (!archive.ByName.TryGetValue($"{root}/byteorder", out var entry))
        {
            return false;
        }

        return Read(archive, entry, FaultReason.ByteOrder, budget) switch
        {
            "little" => false,
            "big" => true,
            var other => throw new ArtifactFault(FaultReason.ByteOrder, SafeText.Of($"the byte order is {other}: little and big are known"), entry.DataOffset),
        };
    }

    /// <summary>Says what is odd about the alignment; nothing is computed with it.</summary>
    public static void NoteAlignment(ZipDirectory archive, string root, ReadBudget budget, List<SafeText> warnings)
    {
        if (archive.ByName.TryGetValue($"{root}/.storage_alignment", out var entry))
        {
            var text = Read(archive, entry, FaultReason.Alignment, budget);
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var alignment) || alignment is < 1 or > 1 << 20)
            {
                warnings.Add(SafeText.Of($"the archive claims a storage alignment of {text}"));
            }
        }
    }

    private static string Read(ZipDirectory archive, ZipEntry entry, FaultReason reason, ReadBudget budget)
    {
        if (entry.Size > LongestRecord)
        {
            throw new ArtifactFault(reason, SafeText.Of($"the record {entry.Name} has {entry.Size} bytes, at most {LongestRecord} make sense"), entry.DataOffset);
        }

        return Encoding.Latin1.GetString(ZipContent.Read(archive, entry, budget, LongestRecord, nameof(ReadLimits.PickleBytes)));
    }
}
