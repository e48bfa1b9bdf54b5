using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Safetensors;

/// <summary>The checksums of the parts of a model that lies in several files. Their places are in the parts, so that no pass over the index verifies one.</summary>
/// <param name="parts">The parts with their names.</param>
internal sealed class PartChecksums(IReadOnlyList<(string Name, IContentCheck Checks)> parts) : IContentCheck
{
    /// <inheritdoc/>
    public bool HasChecksums => parts.All(p => p.Checks.HasChecksums);

    /// <inheritdoc/>
    public IReadOnlyList<StoredChecksum> Stored => [];

    /// <inheritdoc/>
    public void Verify(bool withStored, CancellationToken cancellation)
    {
        foreach (var (name, checks) in parts)
        {
            try
            {
                checks.Verify(withStored: true, cancellation);
            }
            catch (ArtifactFault fault)
            {
                fault.Part ??= name;
                throw;
            }
        }
    }
}
