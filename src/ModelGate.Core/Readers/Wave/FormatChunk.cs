using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Wave;

/// <summary>Reads a fmt chunk: WAVEFORMAT, WAVEFORMATEX or WAVEFORMATEXTENSIBLE (Microsoft, mmreg.h).</summary>
internal static class FormatChunk
{
    /// <summary>The length of the shortest fmt chunk, in bytes.</summary>
    public const int ShortestBytes = 16;

    private const int ExtensibleTag = 0xFFFE;
    private const int ExtensibleBytes = 40;

    // The last 14 bytes of KSDATAFORMAT_SUBTYPE_PCM and its like: {0000tttt-0000-0010-8000-00AA00389B71}.
    private static ReadOnlySpan<byte> SubFormatTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Reads the chunk's content.</summary>
    /// <param name="chunk">The content, without the chunk's header.</param>
    /// <param name="offset">Where the content begins in the file.</param>
    /// <param name="limits">The limits on channels and rate.</param>
    /// <param name="warnings">Takes what is odd but does no harm.</param>
    /// <exception cref="ArtifactFault">Reason <c>fmt</c>, <c>codec</c> or <c>limit</c>.</exception>
    public static WaveForm Parse(ReadOnlySpan<byte> chunk, long offset, ReadLimits limits, ICollection<SafeText> warnings)
    {
        if (chunk.Length is not ShortestBytes and < 18)
        {
            throw Bad(FaultReason.Fmt, SafeText.Of($"a fmt chunk has 16, or 18 and more bytes, found {chunk.Length}"), offset);
        }

        int tag = UInt16(chunk, 0);
        int channels = UInt16(chunk, 2);
        long rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        long byteRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]);
        int blockAlign = UInt16(chunk, 12);
        int bits = UInt16(chunk, 14);
        if (channels == 0 || rate == 0)
        {
            throw Bad(FaultReason.Fmt, SafeText.Of($"channels and sample rate are at least 1, found {channels} and {rate}"), offset);
        }

        ReadBudget.Require(channels, limits.AudioChannels, nameof(ReadLimits.AudioChannels), "the number of channels", offset + 2);
        ReadBudget.Require(rate, limits.AudioSampleRate, nameof(ReadLimits.AudioSampleRate), "the sample rate in Hz", offset + 4);
        if (tag == ExtensibleTag)
        {
            tag = SubFormat(chunk, bits, offset);
        }

        var codec = (WaveCodec)tag;
        if (codec is not (WaveCodec.Pcm or WaveCodec.Float or WaveCodec.ALaw or WaveCodec.MuLaw))
        {
            // Its bits and bytes a frame mean something else, or nothing.
            throw Bad(FaultReason.Codec, SafeText.Of($"{Name(tag)} within WAV is not read: decode it, and write WAV as PCM or float"), offset);
        }

        var container = Container(codec, channels, blockAlign, bits, offset);
        if (container * 8 >= bits + 8)
        {
            warnings.Add(SafeText.Of($"{bits} bits a sample lie in {container} bytes"));
        }

        if (byteRate != rate * blockAlign)
        {
            warnings.Add(SafeText.Of($"the fmt chunk says {byteRate} bytes a second, which {rate} frames of {blockAlign} bytes are not"));
        }

        return new WaveForm(codec, channels, (int)rate, container);
    }

    private static int SubFormat(ReadOnlySpan<byte> chunk, int bits, long offset)
    {
        var extension = chunk.Length < 18 ? 0 : UInt16(chunk, 16);
        if (chunk.Length < ExtensibleBytes || extension < ExtensibleBytes - 18)
        {
            throw Bad(FaultReason.Fmt, SafeText.Of($"an extensible fmt chunk has {ExtensibleBytes} bytes, found {chunk.Length} with an extension of {extension}"), offset);
        }

        if (UInt16(chunk, 18) > bits)
        {
            throw Bad(FaultReason.Fmt, SafeText.Of($"{UInt16(chunk, 18)} of {bits} bits a sample are said to be valid"), offset + 18);
        }

        if (!chunk[26..40].SequenceEqual(SubFormatTail))
        {
            throw Bad(FaultReason.Codec, SafeText.Of($"the extensible format {Convert.ToHexString(chunk[24..40])} is not read"), offset + 24);
        }

        return UInt16(chunk, 24);
    }

    private static int Container(WaveCodec codec, int channels, int blockAlign, int bits, long offset)
    {
        var container = blockAlign / channels;
        if (container * channels != blockAlign || bits == 0 || bits > container * 8)
        {
            throw Bad(FaultReason.Fmt, SafeText.Of($"{channels} channels of {bits} bits do not make a frame of {blockAlign} bytes"), offset + 12);
        }

        var read = codec switch
        {
            WaveCodec.Pcm => container is 1 or 2 or 3 or 4,
            WaveCodec.Float => container is 4 or 8 && bits == container * 8,
            _ => container == 1 && bits == 8,
        };
        return read
            ? container
            : throw Bad(FaultReason.Codec, SafeText.Of($"{Name((int)codec)} of {bits} bits in {container} bytes is not read"), offset + 14);
    }

    private static SafeText Name(int tag) => tag switch
    {
        1 => SafeText.Of($"PCM"),
        2 => SafeText.Of($"Microsoft ADPCM"),
        3 => SafeText.Of($"float"),
        6 => SafeText.Of($"A-law"),
        7 => SafeText.Of($"mu-law"),
        0x11 => SafeText.Of($"IMA ADPCM"),
        0x31 => SafeText.Of($"GSM 6.10"),
        0x45 => SafeText.Of($"G.726"),
        0x50 => SafeText.Of($"MPEG audio layer 1 or 2"),
        0x55 => SafeText.Of($"MP3"),
        0x92 => SafeText.Of($"Dolby AC-3"),
        0xFF or 0x1600 or 0x1601 or 0x1602 => SafeText.Of($"AAC"),
        0x160 or 0x161 or 0x162 or 0x163 => SafeText.Of($"Windows Media Audio"),
        0x2000 => SafeText.Of($"Dolby AC-3"),
        0x2001 => SafeText.Of($"DTS"),
        0x674F or 0x6750 or 0x6751 or 0x676F or 0x6770 or 0x6771 => SafeText.Of($"Vorbis"),
        0x704F => SafeText.Of($"Opus"),
        0xF1AC => SafeText.Of($"FLAC"),
        _ => SafeText.Of($"the codec 0x{tag:X4}"),
    };

    private static int UInt16(ReadOnlySpan<byte> chunk, int at) => BinaryPrimitives.ReadUInt16LittleEndian(chunk[at..]);

    private static ArtifactFault Bad(FaultReason reason, SafeText description, long offset) => new(reason, description, offset);
}
