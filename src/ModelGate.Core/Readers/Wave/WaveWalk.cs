using System.Buffers.Binary;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Wave;

/// <summary>Walks the chunks of a RIFF, RF64 or BW64 file, strictly forward, and finds the form of the samples and where they lie.</summary>
internal sealed class WaveWalk(IByteSource source, ReadBudget budget)
{
    private const int HeaderBytes = 8;
    private const uint Unknown = uint.MaxValue;

    // SoX writes 0x7FFFF000 to a pipe, others the largest signed number or the one behind it, with or without the header.
    private const uint LeastPlaceholder = 0x7FFF_0000;
    private const uint LargestPlaceholder = 0x8000_0100;

    private readonly List<SafeText> warnings = [];
    private Ds64? ds64;
    private long riffEnd = long.MaxValue;
    private long dataOffset = -1;
    private long unread;

    /// <summary>What is odd but does no harm.</summary>
    public IReadOnlyList<SafeText> Warnings => warnings;

    /// <summary>The form of the samples; null until the walk has met the fmt chunk.</summary>
    public WaveForm? Form { get; private set; }

    /// <summary>Where the samples begin.</summary>
    public long DataOffset => dataOffset;

    /// <summary>The length of the samples in bytes: whole frames.</summary>
    public long DataBytes { get; private set; }

    private bool IsComplete => dataOffset >= 0;

    /// <summary>Walks the file.</summary>
    /// <exception cref="ArtifactFault">The file is not a sound WAVE file.</exception>
    public void Run()
    {
        var position = ReadHeader();
        for (long count = 1; position < source.Length; count++)
        {
            ReadBudget.Require(count, budget.Limits.RiffChunks, nameof(ReadLimits.RiffChunks), "the number of chunks", position);
            budget.Checkpoint();
            if (IsComplete && !MayBeChunkAt(position))
            {
                // The samples are complete: what follows them takes nothing away.
                unread += source.Length - position;
                warnings.Add(SafeText.Of($"{SafeText.Count(source.Length - position, "byte follows", "bytes follow")} the last chunk"));
                break;
            }

            position = ReadChunk(position);
        }

        if (Form is null || !IsComplete)
        {
            throw new ArtifactFault(FaultReason.MissingChunk, SafeText.Of($"the file has no {(Form is null ? "fmt" : "data")} chunk"));
        }

        if (DataBytes % Form.FrameBytes is var rest and not 0)
        {
            warnings.Add(SafeText.Of($"the last frame has {rest} of {SafeText.Count(Form.FrameBytes, "byte")}, and is left out"));
            DataBytes -= rest;
        }

        if (unread > DataBytes)
        {
            throw new ArtifactFault(
                FaultReason.TrailingBytes, SafeText.Of($"{SafeText.Count(unread, "byte")} behind {SafeText.Count(DataBytes, "byte")} of samples {SafeText.From(unread == 1 ? "is" : "are")} not known to be anything: more of the file cannot be judged than can"), dataOffset + DataBytes);
        }
    }

    private long ReadHeader()
    {
        Span<byte> header = stackalloc byte[12];
        source.ReadExactly(0, header, "the RIFF header");
        if (!header[8..].SequenceEqual("WAVE"u8))
        {
            throw new ArtifactFault(
                FaultReason.UnsupportedFormat, SafeText.Of($"a RIFF file of the form {Encoding.Latin1.GetString(header[8..])} is not read: only WAVE is"), 8);
        }

        ds64 = header.StartsWith("RIFF"u8) ? null : Ds64.Read(source, header.Length);
        var size = ds64?.RiffBytes ?? BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (size == 0 || IsPlaceholder(size))
        {
            warnings.Add(SafeText.Of($"the RIFF header does not say the file's length"));
        }
        else
        {
            // A 64-bit size near the largest would wrap.
            riffEnd = Math.Min(size, long.MaxValue - HeaderBytes) + HeaderBytes;
            if (riffEnd != source.Length)
            {
                warnings.Add(SafeText.Of($"the RIFF header says {riffEnd} bytes, and the file has {source.Length}"));
            }
        }

        return ds64?.End ?? header.Length;
    }

    private long ReadChunk(long position)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        source.ReadExactly(position, header, "a chunk's header");
        var id = header[..4];
        var start = position + HeaderBytes;
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (!IsPrintable(id))
        {
            throw new ArtifactFault(FaultReason.ChunkId, SafeText.Of($"a chunk's name is four printable characters, found the bytes {Convert.ToHexString(id)}"), position);
        }

        if (id.SequenceEqual("data"u8))
        {
            size = BeginData(position, start, size);
        }
        else if (size > source.Length - start || (ds64 is not null && size == Unknown))
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the chunk {Encoding.ASCII.GetString(id)} wants {size} bytes, and the file has {source.Length - start} more"), position);
        }
        else if (id.SequenceEqual("fmt "u8))
        {
            RequireFirst(Form is null, "fmt", position);
            ReadBudget.Require(size, budget.Limits.RiffFormatBytes, nameof(ReadLimits.RiffFormatBytes), "the length of the fmt chunk", position);
            Form = FormatChunk.Parse(source.ReadArray(start, size, "the fmt chunk"), start, budget.Limits, warnings);
        }
        else if (id.SequenceEqual("ds64"u8))
        {
            RequireFirst(ds64 is null, "ds64", position);
        }
        else if (IsComplete && !IsKnown(id))
        {
            unread += size;
        }

        return Next(start + size, (size & 1) != 0);
    }

    private long BeginData(long position, long start, long size)
    {
        RequireFirst(!IsComplete, "data", position);
        if (Form is null)
        {
            throw new ArtifactFault(FaultReason.ChunkOrder, SafeText.Of($"the data chunk comes before the fmt chunk"), position);
        }

        var available = source.Length - start;
        if (size == Unknown && ds64 is not null)
        {
            size = ds64.DataBytes;
        }
        else if ((IsPlaceholder(size) && size > available) || (size == 0 && available > 0 && !HasChunkAt(start)))
        {
            // Who writes to a pipe cannot come back to fill the size in.
            warnings.Add(SafeText.Of($"the data chunk does not say its length: the {available} bytes to the end of the file are taken for samples"));
            size = available;
        }
        else if (size > available && CountsHeader(size, start))
        {
            warnings.Add(SafeText.Of($"the data chunk says {size} bytes, which counts the header: the {available} bytes to the end of the file are taken for samples"));
            size = available;
        }

        if (size > available)
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the data chunk wants {size} bytes, and the file has {available} more"), position);
        }

        dataOffset = start;
        DataBytes = size;
        return size;
    }

    private bool IsPlaceholder(long size) => ds64 is null && (size == Unknown || (size >= LeastPlaceholder && size <= LargestPlaceholder && size > source.Length));

    // Some writers put the length of the file, with or without its first eight bytes or those of the chunk's header, where that of the samples belongs.
    // Where the RIFF header agrees that the samples are that long, the file is cut off instead.
    private bool CountsHeader(long size, long start)
        => (riffEnd == long.MaxValue || riffEnd < start + size)
            && (size == source.Length || size == source.Length - HeaderBytes || size == source.Length - start + HeaderBytes);

    // A name that no program gives its chunks is believed only where its length fits.
    private bool MayBeChunkAt(long position)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        return position <= source.Length - HeaderBytes
            && source.Read(position, header) == HeaderBytes
            && IsPrintable(header[..4])
            && (header.StartsWith("data"u8) || header.StartsWith("fmt "u8) || BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) <= source.Length - position - HeaderBytes);
    }

    private long Next(long end, bool isPadded)
    {
        if (!isPadded || end >= source.Length)
        {
            return end;
        }

        if (HasChunkAt(end))
        {
            warnings.Add(SafeText.Of($"a chunk of odd length that ends at {end} lacks its padding byte"));
            return end;
        }

        return end + 1;
    }

    private bool HasChunkAt(long position)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        return position <= source.Length - HeaderBytes
            && source.Read(position, header) == HeaderBytes
            && IsKnown(header[..4])
            && BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) <= source.Length - position - HeaderBytes;
    }

    private static bool IsKnown(ReadOnlySpan<byte> id)
        => id.SequenceEqual("fmt "u8) || id.SequenceEqual("data"u8) || id.SequenceEqual("fact"u8) || id.SequenceEqual("LIST"u8)
            || id.SequenceEqual("JUNK"u8) || id.SequenceEqual("junk"u8) || id.SequenceEqual("PAD "u8) || id.SequenceEqual("FLLR"u8)
            || id.SequenceEqual("bext"u8) || id.SequenceEqual("cue "u8) || id.SequenceEqual("PEAK"u8) || id.SequenceEqual("smpl"u8)
            || id.SequenceEqual("inst"u8) || id.SequenceEqual("id3 "u8) || id.SequenceEqual("ID3 "u8) || id.SequenceEqual("iXML"u8)
            || id.SequenceEqual("axml"u8) || id.SequenceEqual("chna"u8) || id.SequenceEqual("cart"u8) || id.SequenceEqual("plst"u8)
            || id.SequenceEqual("afsp"u8) || id.SequenceEqual("DISP"u8) || id.SequenceEqual("_PMX"u8) || id.SequenceEqual("ds64"u8);

    private static bool IsPrintable(ReadOnlySpan<byte> id) => id.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    private static void RequireFirst(bool isFirst, string id, long position)
    {
        if (!isFirst)
        {
            throw new ArtifactFault(FaultReason.DuplicateChunk, SafeText.Of($"the file has a second {id} chunk"), position);
        }
    }
}
