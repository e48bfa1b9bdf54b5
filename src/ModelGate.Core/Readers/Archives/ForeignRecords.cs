using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Tar;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Archives;

/// <summary>The records of an archive that files of its kind do not have: what each is, whatever it is called.</summary>
internal static class ForeignRecords
{
    private static readonly string[] CodeEndings =
    [
        ".py", ".pyc", ".pyd", ".pyw", ".pth", ".so", ".dll", ".dylib", ".exe", ".com", ".scr", ".msi", ".sh", ".bash", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".mjs", ".wasm", ".jar", ".class",
        ".php", ".rb", ".pl", ".lua", ".lnk", ".desktop", ".service", ".o", ".a", ".ko", ".elf", ".app", ".hta",
    ];

    private static readonly string[] ArchiveEndings = [".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".lz4", ".whl", ".egg", ".npz", ".keras", ".nemo", ".mar"];

    private static readonly string[] PickleEndings = [".pkl", ".pickle", ".p", ".pk", ".joblib", ".dill", ".pt", ".ckpt"];

    /// <summary>Finds them, and lists what pickles among them import.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="isKnown">Whether files of the kind have a record of this name.</param>
    /// <param name="log">Takes the names that pickles import.</param>
    public static IReadOnlyList<ForeignRecord> In(ZipDirectory archive, Func<string, bool> isKnown, ReadBudget budget, GlobalLog log)
    {
        var found = new List<ForeignRecord>();
        foreach (var entry in archive.Entries.Where(e => !isKnown(e.Name)))
        {
            budget.Checkpoint();
            var what = What(archive, entry);
            if (what == "a pickle")
            {
                StrayPickles.Note(archive, entry, budget, log);
            }

            found.Add(new ForeignRecord(entry.Name, what));
        }

        return found;
    }

    /// <summary>What the bytes of a record are, by their beginning and by the ending of its name; null for data.</summary>
    public static string? What(ZipDirectory archive, ZipEntry entry)
    {
        ReadOnlySpan<byte> head = ZipContent.Head(archive, entry, ArtifactReader.HeadBytes);
        if (PlainPickleReader.IsPickle(head))
        {
            return "a pickle";
        }

        if (IsArchive(head))
        {
            return "an archive";
        }

        if (IsCode(head))
        {
            return "code";
        }

        return Ends(entry.Name, CodeEndings) ? "code" : Ends(entry.Name, ArchiveEndings) ? "an archive" : Ends(entry.Name, PickleEndings) ? "a pickle" : null;
    }

    private static bool IsArchive(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3 or 5 or 6 or 7, ..] => true,
        [0x1F, 0x8B or 0x9D or 0xA0, ..] => true,
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, ..] => true,
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => true,
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => true,
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => true,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => true,
        [0x04, 0x22, 0x4D, 0x18, ..] => true,

        // zlib, as joblib writes it.
        [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] => true,
        _ => TarHeader.Read(head) is not null,
    };

    private static bool IsCode(ReadOnlySpan<byte> head) => head switch
    {
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => true,
        [(byte)'M', (byte)'Z', ..] => true,
        [0xFE, 0xED, 0xFA, 0xCE or 0xCF, ..] or [0xCE or 0xCF, 0xFA, 0xED, 0xFE, ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..] => true,
        [(byte)'#', (byte)'!', ..] => true,
        [0, (byte)'a', (byte)'s', (byte)'m', ..] => true,
        [_, 0x0D or 0x0E, 0x0D, 0x0A, ..] => true,
        [(byte)'<', (byte)'?', (byte)'p', (byte)'h', (byte)'p', ..] => true,
        [(byte)'B', (byte)'C', 0xC0, 0xDE, ..] => true,
        _ => false,
    };

    private static bool Ends(string name, string[] endings) => endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
