namespace ModelGate.Syntax.Zip;

/// <summary>One entry of a zip archive, as the central directory and the local header agree on it.</summary>
/// <param name="Name">The path inside the archive.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Flags">The general purpose bits of the central directory.</param>
/// <param name="Crc32">The checksum that the central directory claims.</param>
/// <param name="CompressedSize">Bytes in the file.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="HeaderOffset">Where the local header begins.</param>
/// <param name="DataOffset">Where the content begins.</param>
internal sealed record ZipEntry(
    string Name, int Method, int Flags, uint Crc32, long CompressedSize, long Size, long HeaderOffset, long DataOffset)
{
    /// <summary>Whether the content lies in the file as it is.</summary>
    public bool IsStored => Method == 0;

    /// <summary>Whether sizes and checksum follow the content in a descriptor.</summary>
    public bool HasDescriptor => (Flags & 8) != 0;

    /// <summary>The offset behind the content, before any descriptor.</summary>
    public long DataEnd => DataOffset + CompressedSize;
}
