using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The checksums that a file carries for its content: verifying them reads every byte, so nobody pays for it unasked.</summary>
internal interface IContentCheck
{
    /// <summary>Whether the file carries checksums at all.</summary>
    bool HasChecksums { get; }

    /// <summary>The checksums of content that lies in the file as it is: a reader that goes through the file in order can verify them on the way.</summary>
    IReadOnlyList<StoredChecksum> Stored { get; }

    /// <summary>Verifies all of them in one streaming pass.</summary>
    /// <param name="withStored">Whether those of <see cref="Stored"/> are verified too.</param>
    /// <exception cref="ArtifactFault">Reason <c>crc</c>: content and checksum differ.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    void Verify(bool withStored, CancellationToken cancellation);
}

/// <summary>A range of bytes and the CRC-32 that was recorded for it.</summary>
/// <param name="Name">What it holds. Text from the file.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Crc32">The recorded checksum.</param>
internal readonly record struct StoredChecksum(string Name, long Offset, long Length, uint Crc32)
{
    /// <summary>The fault where the content has another checksum; null where it is the recorded one.</summary>
    public ArtifactFault? Compare(uint found) => found == Crc32
        ? null
        : new ArtifactFault(FaultReason.Crc, SafeText.Of($"the checksum of entry {Name} is 0x{found:x8}, and the archive says 0x{Crc32:x8}"), Offset);
}
