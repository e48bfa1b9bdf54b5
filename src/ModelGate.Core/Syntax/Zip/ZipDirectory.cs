using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>The entries of a zip archive in which every byte of the file is accounted for, in the order of the file.</summary>
/// <remarks>
/// Loaders disagree about archives with doubled names, hidden bytes, or headers that contradict each other: one could be shown
/// what another does not load. Such archives are refused, not interpreted.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint CentralSignature = 0x02014B50;
    private const int CentralSize = 46;
    private const uint FolderAttribute = 0x10;
    private const uint SymbolicLink = 0xA;

    // Bit 3: sizes follow the content. Bit 11: the name is UTF-8. Bits 1 and 2: how hard deflate tried.
    private const int KnownFlags = 0x0008 | 0x0800 | 0x0006;

    // What an entry takes beside its name: the entry, and its places in lists and tables.
    private const int EntryBytes = 320;

    private const int LongestOnStack = 512;

    private readonly Dictionary<string, ZipEntry> byName;

    private ZipDirectory(IByteSource source, IReadOnlyList<ZipEntry> entries, ReadBudget budget)
    {
        Source = source;
        Inflated = new InflatedRecords(source, budget);
        Entries = entries;
        byName = new Dictionary<string, ZipEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            byName.Add(entry.Name, entry);
        }
    }

    /// <summary>The archive's bytes.</summary>
    public IByteSource Source { get; }

    /// <summary>The content of deflated entries.</summary>
    public InflatedRecords Inflated { get; }

    /// <summary>The entries, by their place in the file.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>The entries by their exact name.</summary>
    public IReadOnlyDictionary<string, ZipEntry> ByName => byName;

    /// <summary>Whether the archive was written without checksums: then all of them are zero.</summary>
    public bool HasNoChecksums => Entries.All(e => e.Crc32 == 0);

    /// <summary>The entry of a name in a folder, whose path ends with a slash; null where there is none.</summary>
    public ZipEntry? Find(ReadOnlySpan<char> folder, ReadOnlySpan<char> name)
    {
        var length = folder.Length + name.Length;
        var path = length <= LongestOnStack ? stackalloc char[length] : new char[length];
        folder.CopyTo(path);
        name.CopyTo(path[folder.Length..]);
        return byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var entry) ? entry : null;
    }

    /// <summary>Reads the directory and every local header.</summary>
    /// <exception cref="ArtifactFault">The archive is not a sound and unambiguous one.</exception>
    public static ZipDirectory Read(IByteSource source, ReadBudget budget)
    {
        var end = ZipEndRecord.Read(source);
        ReadBudget.Require(end.Entries, budget.Limits.ZipEntries, nameof(ReadLimits.ZipEntries), "the number of zip entries");
        if (end.DirectorySize < 0 || end.DirectoryOffset < 0 || end.DirectoryOffset > end.Offset - end.DirectorySize)
        {
            throw new ArtifactFault(
                FaultReason.Offset, SafeText.Of($"the central directory would lie at {end.DirectoryOffset} with {end.DirectorySize} bytes, before its end record at {end.Offset}"), end.Offset);
        }

        if (end.DirectoryOffset + end.DirectorySize != end.Offset)
        {
            throw new ArtifactFault(
                end.HasRival(source) ? FaultReason.AmbiguousEnd : FaultReason.Polyglot,
                SafeText.Of($"{SafeText.Count(end.Offset - end.DirectoryOffset - end.DirectorySize, "byte lies", "bytes lie")} between the central directory and its end record"),
                end.DirectoryOffset + end.DirectorySize);
        }

        ReadBudget.Require(end.DirectorySize, budget.Limits.ZipDirectoryBytes, nameof(ReadLimits.ZipDirectoryBytes), "the length of the central directory");
        var bytes = source.ReadArray(end.DirectoryOffset, end.DirectorySize, "the central directory");
        var entries = Parse(source, bytes, end, budget);
        entries.Sort((a, b) => a.HeaderOffset.CompareTo(b.HeaderOffset));
        Account(entries, end.DirectoryOffset);
        return new ZipDirectory(source, entries, budget);
    }

    private static List<ZipEntry> Parse(IByteSource source, ReadOnlySpan<byte> bytes, ZipEndRecord end, ReadBudget budget)
    {
        var most = (int)Math.Clamp(end.Entries, 0, bytes.Length / CentralSize);
        var entries = new List<ZipEntry>(most);
        var names = new HashSet<string>(most, StringComparer.OrdinalIgnoreCase);
        var at = 0;
        for (var i = 0L; i < end.Entries; i++)
        {
            budget.Step();
            var offset = end.DirectoryOffset + at;
            if (bytes.Length - at < CentralSize || U32(bytes, at) != CentralSignature)
            {
                throw new ArtifactFault(FaultReason.CentralDirectory, SafeText.Of($"entry {i} of {end.Entries} is not in the central directory"), offset);
            }

            var header = bytes[at..];
            var length = CentralSize + U16(header, 28) + U16(header, 30) + U16(header, 32);
            if (header.Length < length)
            {
                throw new ArtifactFault(FaultReason.CentralDirectory, SafeText.Of($"entry {i} reaches over the end of the central directory"), offset);
            }

            var entry = Entry(source, header[..length], offset, end, budget);
            if (!names.Add(entry.Name))
            {
                throw new ArtifactFault(FaultReason.DuplicateEntry, SafeText.Of($"the entry name {entry.Name} occurs twice, case aside"), offset);
            }

            entries.Add(entry);
            at += length;
        }

        return at == bytes.Length
            ? entries
            : throw new ArtifactFault(FaultReason.CentralDirectory, SafeText.Of($"{SafeText.Count(bytes.Length - at, "byte follows", "bytes follow")} the last entry of the central directory"), end.DirectoryOffset + at);
    }

    private static ZipEntry Entry(IByteSource source, ReadOnlySpan<byte> header, long offset, ZipEndRecord end, ReadBudget budget)
    {
        var nameLength = U16(header, 28);
        ReadBudget.Require(nameLength, budget.Limits.ZipNameBytes, nameof(ReadLimits.ZipNameBytes), "the length of an entry name", offset);
        var nameBytes = header.Slice(CentralSize, nameLength);
        budget.Keep(EntryBytes + (4L * nameLength));
        var name = ZipNames.Decode(nameBytes, offset);
        var flags = U16(header, 8);
        if ((flags & ~KnownFlags) != 0)
        {
            throw new ArtifactFault(
                FaultReason.UnsupportedFlag, SafeText.Of($"entry {name} has the flags 0x{flags:x4}: encrypted, patched and masked entries are not read"), offset);
        }

        var method = U16(header, 10);
        if (method is not (0 or 8))
        {
            throw new ArtifactFault(FaultReason.Method, SafeText.Of($"entry {name} is compressed by method {(int)method}: only stored and deflated entries are read"), offset);
        }

        if (U16(header, 34) != 0)
        {
            throw new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"entry {name} lies on another disk"), offset);
        }

        // The upper half holds a Unix mode when the upper byte of "made by" says so: 0xA000 is a symbolic link. Bit 4 of the lower half
        // makes an entry a folder for PyTorch, whoever made it: it then reads nothing, and the tensor is whatever stood in memory.
        var attributes = U32(header, 38);
        if ((attributes & FolderAttribute) != 0 || (attributes >> 28 is var kind && (kind == SymbolicLink || (header[5] == 3 && kind is not (0 or 8)))))
        {
            throw new ArtifactFault(FaultReason.SpecialEntry, SafeText.Of($"entry {name} is not a regular file"), offset);
        }

        long size = U32(header, 24), compressed = U32(header, 20), at = U32(header, 42);
        ZipExtra.Zip64(header.Slice(CentralSize + nameLength, U16(header, 30)), ref size, ref compressed, ref at, name, offset);
        if (at < 0 || compressed < 0 || size < 0 || at > end.DirectoryOffset - ZipLocalHeader.Size)
        {
            throw new ArtifactFault(FaultReason.Offset, SafeText.Of($"entry {name} would begin at {at} with {compressed} bytes, before the central directory at {end.DirectoryOffset}"), offset);
        }

        if (method == 0 && size != compressed)
        {
            throw new ArtifactFault(FaultReason.SizeMismatch, SafeText.Of($"entry {name} is stored with {compressed} bytes and claims {size}"), offset);
        }

        var data = ZipLocalHeader.DataOffset(source, at, header, nameBytes, size, compressed, name);
        return data > end.DirectoryOffset - compressed
            ? throw new ArtifactFault(FaultReason.Offset, SafeText.Of($"entry {name} reaches into the central directory"), at)
            : new ZipEntry(name, method, flags, U32(header, 16), compressed, size, at, data);
    }

    // Between two entries there may be a data descriptor and nothing else: what no entry covers is hidden.
    private static void Account(List<ZipEntry> entries, long directory)
    {
        if (entries.Count == 0)
        {
            throw new ArtifactFault(FaultReason.Empty, SafeText.Of($"the zip archive has no entries"));
        }

        if (entries[0].HeaderOffset != 0)
        {
            throw new ArtifactFault(FaultReason.Polyglot, SafeText.Of($"{entries[0].HeaderOffset} bytes precede the archive's first entry"), 0);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var gap = (i + 1 < entries.Count ? entries[i + 1].HeaderOffset : directory) - entries[i].DataEnd;
            if (gap < 0)
            {
                throw new ArtifactFault(FaultReason.OverlappingEntries, SafeText.Of($"entry {entries[i].Name} overlaps {entries[i + 1].Name}"), entries[i + 1].HeaderOffset);
            }

            if (gap is not 0 && !(entries[i].HasDescriptor && gap is 12 or 16 or 20 or 24))
            {
                throw new ArtifactFault(FaultReason.HiddenBytes, SafeText.Of($"{gap} bytes behind entry {entries[i].Name} belong to no entry"), entries[i].DataEnd);
            }
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
