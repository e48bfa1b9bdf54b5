using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Security.Cryptography;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Evaluation.Measuring;

/// <summary>
/// A file that is read once: while the pass runs, its bytes are read in order, hashed and held against recorded checksums, and
/// whoever reads along is served from the block at hand.
/// </summary>
/// <remarks>
/// Before <see cref="Begin"/> reads go straight to the file: a directory, a header and a pickle are a small part of it. In the pass a read ahead of
/// the block at hand moves it on, and a read behind it goes to the file. Hashing runs beside the measuring where <paramref name="parallel"/>
/// allows it.
/// </remarks>
/// <param name="file">The file.</param>
/// <param name="parallel">Whether a second thread may hash.</param>
internal sealed class PassSource(IByteSource file, bool parallel) : IByteSource
{
    private const int BlockBytes = 1 << 20;
    private const int BlocksAhead = 4;

    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ChecksumRanges checksums = new([]);
    private ReadBudget budget = null!;
    private BlockingCollection<Block>? queue;
    private Task? hashing;
    private Block? current;
    private long next;
    private bool begun;

    /// <inheritdoc/>
    public long Length => file.Length;

    /// <summary>Begins the pass.</summary>
    /// <param name="recorded">The checksums to verify.</param>
    /// <param name="limits">Is looked at with every block.</param>
    public void Begin(IReadOnlyList<StoredChecksum> recorded, ReadBudget limits)
    {
        checksums = new ChecksumRanges(recorded);
        budget = limits;
        begun = true;
        if (parallel)
        {
            queue = new BlockingCollection<Block>(BlocksAhead);
            hashing = Task.Run(() =>
            {
                foreach (var block in queue.GetConsumingEnumerable())
                {
                    sha256.AppendData(block.Bytes, 0, block.Length);
                    block.Release();
                }
            });
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        if (!begun || offset < 0 || offset >= Length || offset < (current?.Offset ?? 0))
        {
            return file.Read(offset, destination);
        }

        var total = 0;
        while (total < destination.Length && offset + total < Length)
        {
            if (current is null || offset + total >= current.End)
            {
                if (next >= Length)
                {
                    break;
                }

                Advance();
                continue;
            }

            var available = current.Bytes.AsSpan((int)(offset + total - current.Offset), (int)(current.End - offset - total));
            var count = Math.Min(available.Length, destination.Length - total);
            available[..count].CopyTo(destination[total..]);
            total += count;
        }

        return total;
    }

    /// <summary>Reads what is left, and ends the pass.</summary>
    /// <returns>The SHA-256 of the whole file in lower-case hexadecimal, and the first range that does not have its checksum.</returns>
    public (string Sha256, ArtifactFault? Mismatch) Finish()
    {
        while (next < Length)
        {
            Advance();
        }

        Stop();
        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), checksums.Mismatch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        sha256.Dispose();
        file.Dispose();
    }

    private void Advance()
    {
        budget.Checkpoint();
        var block = Block.Rent(next, parallel ? 2 : 1);
        block.Length = file.Read(next, block.Bytes.AsSpan(0, (int)Math.Min(BlockBytes, Length - next)));
        if (block.Length == 0)
        {
            throw new SourceUnavailableException(SafeText.Of($"it became shorter while it was read"));
        }

        next += block.Length;
        current?.Release();
        current = block;
        if (queue is not null)
        {
            queue.Add(block);
        }
        else
        {
            sha256.AppendData(block.Bytes, 0, block.Length);
        }

        checksums.Add(block.Offset, block.Bytes.AsSpan(0, block.Length));
    }

    private void Stop()
    {
        queue?.CompleteAdding();
        hashing?.GetAwaiter().GetResult();
        queue?.Dispose();
        (queue, hashing) = (null, null);
        current?.Release();
        current = null;
        begun = false;
    }

    /// <summary>A part of the file, given back when the last who needs it is done.</summary>
    private sealed class Block
    {
        private int users;

        public byte[] Bytes { get; private init; } = [];

        public long Offset { get; private init; }

        public int Length { get; set; }

        public long End => Offset + Length;

        public static Block Rent(long offset, int users) => new() { Bytes = ArrayPool<byte>.Shared.Rent(BlockBytes), Offset = offset, users = users };

        public void Release()
        {
            if (Interlocked.Decrement(ref users) == 0)
            {
                ArrayPool<byte>.Shared.Return(Bytes);
            }
        }
    }
}

/// <summary>Computes the checksums of ranges from the bytes of a file that come in order.</summary>
/// <param name="recorded">The ranges.</param>
internal sealed class ChecksumRanges(IReadOnlyList<StoredChecksum> recorded)
{
    private readonly StoredChecksum[] ranges = [.. recorded.OrderBy(r => r.Offset)];
    private readonly Crc32 crc = new();
    private int at;

    /// <summary>The fault of the first range that does not have its checksum.</summary>
    public ArtifactFault? Mismatch { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Add(long offset, ReadOnlySpan<byte> bytes)
    {
        while (at < ranges.Length && ranges[at].Offset < offset + bytes.Length)
        {
            var range = ranges[at];
            var from = (int)Math.Max(0, range.Offset - offset);
            var to = (int)Math.Min(bytes.Length, range.Offset + range.Length - offset);
            if (to > from)
            {
                crc.Append(bytes[from..to]);
            }

            if (range.Offset + range.Length > offset + bytes.Length)
            {
                return;
            }

            Mismatch ??= range.Compare(crc.GetCurrentHashAsUInt32());
            crc.Reset();
            at++;
        }
    }
}
