using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>What the end of a zip archive says about its central directory.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="DirectoryOffset">Where the central directory begins.</param>
/// <param name="DirectorySize">How long it is.</param>
/// <param name="Offset">Where the first of the end records begins: the directory ends there.</param>
/// <remarks>
/// Readers differ in how they search for this record, so a file could be one archive to one of them and another to the next.
/// It is therefore accepted in one place only: as the last bytes of the file.
/// </remarks>
internal readonly record struct ZipEndRecord(long Entries, long DirectoryOffset, long DirectorySize, long Offset)
{
    private const uint EndSignature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint Zip64Signature = 0x06064B50;
    private const int EndSize = 22;
    private const int LocatorSize = 20;
    private const int Zip64Size = 56;
    private const int LongestComment = 65535;

    /// <summary>Reads the end records of the archive.</summary>
    /// <exception cref="ArtifactFault">There is none at the very end, or it contradicts itself.</exception>
    public static ZipEndRecord Read(IByteSource source)
    {
        var at = source.Length - EndSize;
        Span<byte> end = stackalloc byte[EndSize];
        if (at < 0)
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"a zip archive ends with a record of {EndSize} bytes, and the file has {source.Length}"));
        }

        source.ReadExactly(at, end, "the zip end record");
        if (U32(end, 0) != EndSignature || U16(end, 20) != 0)
        {
            throw Misplaced(source);
        }

        if (U16(end, 4) != U16(end, 6) || U16(end, 8) != U16(end, 10) || U16(end, 4) is not (0 or 0xFFFF))
        {
            throw new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"the archive says that it is spread over several disks"), at);
        }

        var record = new ZipEndRecord(U16(end, 8), U32(end, 16), U32(end, 12), at);
        Span<byte> locator = stackalloc byte[LocatorSize];
        if (at >= LocatorSize + Zip64Size)
        {
            source.ReadExactly(at - LocatorSize, locator, "the zip64 locator");
            if (U32(locator, 0) == LocatorSignature)
            {
                return Zip64(source, locator, at - LocatorSize, record);
            }
        }

        if (U16(end, 4) != 0)
        {
            throw new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"the end record takes the number of its disk from zip64 records that are not there"), at);
        }

        return record.Entries == 0xFFFF || record.DirectoryOffset == 0xFFFFFFFF || record.DirectorySize == 0xFFFFFFFF
            ? throw new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"the end record refers to zip64 records that are not there"), at)
            : record;
    }

    /// <summary>Whether another end record stands shortly before this one: a reader that searches may settle on either.</summary>
    public bool HasRival(IByteSource source)
    {
        var length = Math.Min(Offset, EndSize + LongestComment);
        return source.ReadArray(Offset - length, length, "the end of the archive").AsSpan().IndexOf("PK\x05\x06"u8) >= 0;
    }

    /// <summary>Where an end record stands from which some reader finds a directory, in a file that is not meant as an archive; null where none does.</summary>
    /// <remarks>Readers search the last 64 KiB, and look for the directory right before the record or where the record says.</remarks>
    public static long? FindIn(IByteSource source)
    {
        var length = (int)Math.Min(source.Length, EndSize + LongestComment);
        var tail = source.ReadArray(source.Length - length, length, "the end of the file").AsSpan();
        for (var end = tail.Length; tail[..end].LastIndexOf("PK\x05\x06"u8) is >= 0 and var found; end = found + 3)
        {
            if (length - found >= EndSize && LeadsToDirectory(source, tail[found..], source.Length - length + found))
            {
                return source.Length - length + found;
            }
        }

        return null;
    }

    private static bool LeadsToDirectory(IByteSource source, ReadOnlySpan<byte> end, long at)
        => Stands(source, at - U32(end, 12), "PK\x01\x02"u8) || Stands(source, U32(end, 16), "PK\x01\x02"u8) || Stands(source, at - LocatorSize, "PK\x06\x07"u8);

    private static bool Stands(IByteSource source, long at, ReadOnlySpan<byte> signature)
    {
        Span<byte> found = stackalloc byte[4];
        return at >= 0 && source.Read(at, found) == found.Length && found.SequenceEqual(signature);
    }

    private static ZipEndRecord Zip64(IByteSource source, ReadOnlySpan<byte> locator, long locatorOffset, ZipEndRecord plain)
    {
        var at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> end = stackalloc byte[Zip64Size];
        if (at != locatorOffset - Zip64Size || U32(locator, 4) != 0 || U32(locator, 16) > 1)
        {
            throw new ArtifactFault(
                FaultReason.AmbiguousEnd, SafeText.Of($"the zip64 locator names offset {at} where its end record would be at {locatorOffset - Zip64Size}"), locatorOffset);
        }

        source.ReadExactly(at, end, "the zip64 end record");
        var here = BinaryPrimitives.ReadInt64LittleEndian(end[24..]);
        var total = BinaryPrimitives.ReadInt64LittleEndian(end[32..]);
        var size = BinaryPrimitives.ReadInt64LittleEndian(end[40..]);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(end[48..]);
        if (U32(end, 0) != Zip64Signature || BinaryPrimitives.ReadInt64LittleEndian(end[4..]) != Zip64Size - 12
            || U32(end, 16) != 0 || U32(end, 20) != 0 || here != total || here < 0)
        {
            throw new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"the zip64 end record contradicts itself"), at);
        }

        if (Differs(plain.Entries, here, 0xFFFF) || Differs(plain.DirectorySize, size, 0xFFFFFFFF) || Differs(plain.DirectoryOffset, offset, 0xFFFFFFFF))
        {
            throw new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"the end record and the zip64 end record name different directories"), at);
        }

        return new ZipEndRecord(here, offset, size, at);
    }

    private static bool Differs(long plain, long zip64, long placeholder) => plain != placeholder && plain != zip64;

    private static ArtifactFault Misplaced(IByteSource source)
    {
        var length = (int)Math.Min(source.Length, EndSize + LongestComment);
        var tail = source.ReadArray(source.Length - length, length, "the end of the archive").AsSpan();
        var found = tail.LastIndexOf("PK\x05\x06"u8);
        if (found < 0 || length - found < EndSize)
        {
            return new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the file ends without a zip end record"), source.Length);
        }

        var comment = U16(tail[found..], 20);
        var behind = length - found - EndSize;
        var at = source.Length - length + found;
        var several = tail[..found].LastIndexOf("PK\x05\x06"u8) >= 0;
        return comment > behind || several
            ? new ArtifactFault(FaultReason.AmbiguousEnd, SafeText.Of($"the archive's end record claims a comment of {comment} bytes, and {behind} follow"), at)
            : new ArtifactFault(FaultReason.Polyglot, SafeText.Of($"{behind} bytes follow the archive's end record"), at + EndSize);
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
