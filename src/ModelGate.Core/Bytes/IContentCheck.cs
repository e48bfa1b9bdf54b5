using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The checksums that a file carries for its content: verifying them reads every byte, so nobody pays for it unasked.</summary>
internal interface IContentCheck
{
    /// <summary>Whether the file carries checksums at all.</summary>
    bool HasChecksums { get; }

    /// <summary>Verifies all of them in one streaming pass.</summary>
    /// <exception cref="ArtifactFault">Reason <c>crc</c>: content and checksum differ.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    void Verify(CancellationToken cancellation);
}
