using System.Buffers.Binary;
using System.IO.Hashing;
using ModelGate.Bytes;

namespace ModelGate.Readers.WeightsAndBiases;

/// <summary>The records of an offline run of Weights &amp; Biases: LevelDB's log format behind a header of its own.</summary>
/// <remarks>
/// https://github.com/wandb/wandb/blob/main/wandb/sdk/internal/datastore.py and https://github.com/google/leveldb/blob/main/doc/log_format.md, but that the checksum is zlib's, without a mask. At the
/// first fragment that is cut off or has a wrong checksum it ends.
/// </remarks>
/// <param name="source">The file.</param>
/// <param name="budget">Is looked at with every block.</param>
internal sealed class WandbRecords(IByteSource source, ReadBudget budget)
{
    private const int BlockBytes = 32 << 10;
    private const int HeaderBytes = 7;
    private const int TypeOffset = 6;

    // A record of more holds pictures or tables.
    private const int LongestRecord = 4 << 20;

    private readonly byte[] block = new byte[BlockBytes];
    private byte[] whole = [];
    private long start = -BlockBytes;
    private int at = BlockBytes;
    private int filled = BlockBytes;

    private enum Fragment
    {
        None = 0,
        Full = 1,
        First = 2,
        Middle = 3,
        Last = 4,
    }

    /// <summary>Why it ended before the end of the file; empty where it did not.</summary>
    public SafeText Damage { get; private set; } = SafeText.Empty;

    /// <summary>The number of records that were passed over because of their length.</summary>
    public long PassedOver { get; private set; }

    /// <summary>Whether bytes are the header of such a file, of any version.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> head) => head.Length >= HeaderBytes && head.StartsWith(":W&B"u8) && head[4] == 0xE1 && head[5] == 0xBE;

    /// <summary>Reads the next record.</summary>
    /// <param name="record">Its bytes, until the next one is read.</param>
    public bool Next(out ReadOnlySpan<byte> record)
    {
        record = default;
        var length = -1;
        while (true)
        {
            if (filled - at < HeaderBytes && !NextBlock())
            {
                return length >= 0 && End(SafeText.Of($"the last record is cut off at the end of the file"));
            }

            var type = (Fragment)block[at + TypeOffset];
            var count = BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at + sizeof(uint)));
            if (type == Fragment.None && count == 0)
            {
                // A block that was reserved and not filled.
                at = filled;
                continue;
            }

            if (HeaderBytes + count > filled - at)
            {
                return End(filled < BlockBytes
                    ? SafeText.Of($"the last record is cut off at byte {start + at}, as where a training was stopped or still writes")
                    : SafeText.Of($"the record at byte {start + at} reaches over its block: what follows is not read"));
            }

            var data = block.AsSpan(at + HeaderBytes, count);
            if (Crc32.HashToUInt32(block.AsSpan(at + TypeOffset, 1 + count)) != BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(at)))
            {
                return End(SafeText.Of($"the record at byte {start + at} has a wrong checksum: what follows is not read"));
            }

            if (type is not (Fragment.Full or Fragment.First or Fragment.Middle or Fragment.Last) || type is Fragment.Full or Fragment.First != length < 0)
            {
                return End(SafeText.Of($"the record at byte {start + at} is not in its place: what follows is not read"));
            }

            at += HeaderBytes + count;
            if (type == Fragment.Full)
            {
                record = data;
                return true;
            }

            length = Math.Max(length, 0);
            Append(data, ref length);
            if (type == Fragment.Last)
            {
                if (length <= LongestRecord)
                {
                    record = whole.AsSpan(0, length);
                    return true;
                }

                PassedOver++;
                length = -1;
            }
        }
    }

    private void Append(ReadOnlySpan<byte> data, ref int length)
    {
        if (length + data.Length > LongestRecord)
        {
            length = LongestRecord + 1;
            return;
        }

        if (length + data.Length > whole.Length)
        {
            Array.Resize(ref whole, Math.Max(2 * whole.Length, length + data.Length));
        }

        data.CopyTo(whole.AsSpan(length));
        length += data.Length;
    }

    private bool NextBlock()
    {
        budget.Checkpoint();
        start += BlockBytes;
        filled = start < source.Length ? source.Read(start, block) : 0;

        // The file's own header stands in the first block.
        at = start == 0 ? Math.Min(HeaderBytes, filled) : 0;
        if (filled - at is > 0 and < HeaderBytes)
        {
            Damage = SafeText.Of($"the last record is cut off at byte {start + at}, as where a training was stopped or still writes");
        }

        return filled - at >= HeaderBytes;
    }

    private bool End(SafeText damage)
    {
        (Damage, at, filled, start) = (damage, 0, 0, source.Length);
        return false;
    }
}
