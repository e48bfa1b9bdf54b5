using ModelGate.Bytes;

namespace ModelGate.Syntax.Zip;

/// <summary>The checksums of an archive's records.</summary>
/// <param name="archive">The archive.</param>
/// <param name="skipped">Records that were saved without values, whose checksum is zero by intent.</param>
internal sealed class ZipChecksums(ZipDirectory archive, IReadOnlySet<string> skipped, ReadLimits limits) : IContentCheck
{
    /// <inheritdoc/>
    public bool HasChecksums { get; } = !archive.HasNoChecksums;

    /// <inheritdoc/>
    public IReadOnlyList<StoredChecksum> Stored
        => HasChecksums ? [.. Checked.Where(e => e.IsStored).Select(e => new StoredChecksum(e.Name, e.DataOffset, e.Size, e.Crc32))] : [];

    private IEnumerable<ZipEntry> Checked => archive.Entries.Where(e => !skipped.Contains(e.Name));

    /// <inheritdoc/>
    public void Verify(bool withStored, CancellationToken cancellation)
    {
        var budget = new ReadBudget(limits, cancellation);
        foreach (var entry in archive.Entries.Where(e => e.HasDescriptor))
        {
            ZipDescriptor.Verify(archive.Source, entry);
        }

        foreach (var entry in archive.Entries.Where(e => !e.IsStored || (HasChecksums && withStored && !skipped.Contains(e.Name))))
        {
            // Also without a checksum, a deflated entry must inflate to its size and end with its bytes.
            if (HasChecksums && !skipped.Contains(entry.Name))
            {
                ZipContent.VerifyCrc(archive, entry, budget);
            }
            else
            {
                ZipContent.Crc(archive, entry, budget, out _);
            }
        }
    }
}
