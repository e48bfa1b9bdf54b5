using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using static ModelGate.Tests.Readers.Wave.WaveBytes;

namespace ModelGate.Tests.Readers.Wave;

public class WaveBrokenHeaderTests
{
    private static readonly byte[] Samples = Data(1, 2, 3, 4);

    public static TheoryData<string, string, byte[]> Lies => new()
    {
        { "the data chunk is longer than the file", "truncated", Riff(Fmt(), Chunk("data", new byte[8], 10)) },
        { "the data chunk is shorter than the samples", "trailing-bytes", Riff(Fmt(), Chunk("data", new byte[24], 8)) },
        { "no ds64", "ds64", Form("RF64", uint.MaxValue, Fmt(), Samples, new byte[64]) },
        { "ds64 too short", "ds64", Form("RF64", uint.MaxValue, Chunk("ds64", new byte[24]), Fmt(), Samples) },
        { "ds64 after the data", "ds64", Form("BW64", uint.MaxValue, Fmt(), Samples, Ds64(0, 8)) },
        { "ds64 twice", "duplicate-chunk", Form("RF64", uint.MaxValue, Ds64(0, 8), Ds64(0, 8), Fmt(), Samples) },
        { "a negative 64-bit size", "ds64", Form("RF64", uint.MaxValue, Ds64(0, -8), Fmt(), Chunk("data", new byte[8], uint.MaxValue)) },
        { "a 64-bit size of 2^62", "truncated", Form("RF64", uint.MaxValue, Ds64(1L << 62, 1L << 62), Fmt(), Chunk("data", new byte[8], uint.MaxValue)) },
        { "a ds64 table of 2^32 entries", "ds64", Form("RF64", uint.MaxValue, Ds64(0, 8, uint.MaxValue), Fmt(), Samples) },
        { "a form that is not WAVE", "unsupported-format", [.. "RIFF\u0010\0\0\0AVI LIST\0\0\0\0"u8] },
        { "no fmt", "missing-chunk", Riff(Chunk("LIST", new byte[4])) },
        { "no data", "missing-chunk", Riff(Fmt()) },
        { "fmt after data", "chunk-order", Riff(Samples, Fmt()) },
        { "fmt twice", "duplicate-chunk", Riff(Fmt(), Fmt(), Samples) },
        { "data twice", "duplicate-chunk", Riff(Fmt(), Samples, Samples) },
        { "fmt of 0 bytes", "fmt", Riff(Chunk("fmt ", []), Samples) },
        { "fmt of 14 bytes", "fmt", Riff(Chunk("fmt ", new byte[14]), Samples) },
        { "fmt of 15 bytes", "fmt", Riff(Chunk("fmt ", new byte[15]), Samples) },
        { "fmt of 17 bytes", "fmt", Riff(Fmt(extra: [0]), Samples) },
        { "fmt of 4 GiB", "truncated", Riff(Chunk("fmt ", new byte[16], uint.MaxValue), Samples) },
        { "fmt with chunks in it", "limit", Riff(Fmt(extra: new byte[33_000]), Samples) },
        { "no channel", "fmt", Riff(Fmt(channels: 0, blockAlign: 2), Samples) },
        { "65535 channels", "limit", Riff(Fmt(channels: 65535, blockAlign: 65535), Samples) },
        { "65 channels", "limit", Riff(Fmt(channels: 65, bits: 8), Samples) },
        { "a rate of 0", "fmt", Riff(Fmt(rate: 0), Samples) },
        { "a rate of 2^32-1", "limit", Riff(Fmt(rate: uint.MaxValue, byteRate: 0), Samples) },
        { "a frame of 0 bytes", "fmt", Riff(Fmt(blockAlign: 0), Samples) },
        { "a frame that is no multiple of the channels", "fmt", Riff(Fmt(channels: 2, blockAlign: 3), Samples) },
        { "a frame too small for its bits", "fmt", Riff(Fmt(channels: 2, bits: 24, blockAlign: 4), Samples) },
        { "0 bits", "fmt", Riff(Fmt(bits: 0, blockAlign: 2), Samples) },
        { "integers of 64 bits", "codec", Riff(Fmt(bits: 64), Samples) },
        { "half floats", "codec", Riff(Fmt(3), Samples) },
        { "floats of 24 bits in 4 bytes", "codec", Riff(Fmt(3, bits: 24, blockAlign: 4), Samples) },
        { "A-law of 16 bits", "codec", Riff(Fmt(6), Samples) },
        { "Microsoft ADPCM", "codec", Riff(Fmt(2, bits: 4, blockAlign: 256), Samples) },
        { "IMA ADPCM", "codec", Riff(Fmt(0x11, bits: 4, blockAlign: 256), Samples) },
        { "MP3 in WAVE", "codec", Riff(Fmt(0x55, bits: 16), Samples) },
        { "a tag of 0", "codec", Riff(Fmt(0), Samples) },
        { "extensible without its extension", "fmt", Riff(Fmt(0xFFFE), Samples) },
        { "a foreign GUID", "codec", Riff(Extensible(1, 16, 16, lastOfGuid: 0x72), Samples) },
        { "extensible ADPCM", "codec", Riff(Extensible(2, 16, 16), Samples) },
        { "extensible within extensible", "codec", Riff(Extensible(0xFFFE, 16, 16), Samples) },
        { "more valid bits than bits", "fmt", Riff(Extensible(1, 16, 20), Samples) },
        { "a chunk size that wraps 32 bits", "truncated", Riff(Fmt(), Chunk("LIST", [], 0xFFFFFFF9), Samples) },
        { "a chunk without a name", "chunk-id", Riff(Fmt(), Chunk("\0\0\0\0", []), Samples) },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Every_lie_has_its_error(string lie, string reason, byte[] file)
    {
        var refusal = Refusal(file);
        refusal.Reason.Code.Should().Be(reason, lie);
        refusal.Format.Should().Be("wave");
    }

    [Fact]
    public void A_million_empty_chunks_break_the_limit()
    {
        byte[] chunk = Chunk("JUNK", []);
        var refusal = Refusal(Riff([Fmt(), .. Enumerable.Repeat(chunk, 1_000_000)]));
        refusal.Description.Value.Should().Contain("riffChunks");
        refusal.Offset.Should().BeLessThan(50_000);
    }

    [Theory]
    [InlineData("RIFX\0\0\0\0WAVEfmt ", "RIFX")]
    [InlineData("riff.\u0091Ï\u0011¥Ö(ÛÁ", "Wave64")]
    [InlineData("FORM\0\0\0\0AIFFCOMM", "AIFF")]
    [InlineData("FORM\0\0\0\0AIFCFVER", "AIFF")]
    [InlineData("ID3\u0004\0", "MP3")]
    [InlineData("NIST_1A\n   1024\n", "NIST SPHERE")]
    [InlineData("Creative Voice File\u001a", "Creative Voice")]
    [InlineData("#!AMR\n", "AMR")]
    [InlineData("MAC \u0096\u000f", "Monkey's Audio")]
    [InlineData("\u001aEß£\u0001", "Matroska or WebM")]
    [InlineData("ÿû\u0090d", "MP3")]
    [InlineData("ÿó\u0090d", "MP3")]
    [InlineData("ÿñP\u0080", "AAC")]
    [InlineData("caff\0\u0001\0\0", "Core Audio")]
    [InlineData("OggS\0\u0002", "Ogg")]
    [InlineData("fLaC\0\0\0\"", "FLAC")]
    [InlineData(".snd\0\0\0\u0018", "AU")]
    [InlineData("\0\0\0 ftypM4A ", "MP4")]
    public void Other_audio_is_refused_by_name(string head, string name)
    {
        var refusal = Refusal(Encoding.Latin1.GetBytes(head));
        refusal.Reason.Code.Should().Be("unsupported-format");
        refusal.Description.Value.Should().StartWith(name).And.EndWith("write the recording as WAV");
    }

    [Theory]
    [InlineData(0x55, "MP3")]
    [InlineData(0x50, "MPEG audio")]
    [InlineData(0x2000, "Dolby AC-3")]
    [InlineData(0x704F, "Opus")]
    [InlineData(0x1234, "the codec 0x1234")]
    public void Another_codec_within_a_WAV_is_named(int tag, string name)
        => Refusal(Riff(Fmt(tag, channels: 2, bits: 0, blockAlign: 1), Samples)).Description.Value.Should().StartWith(name + (name == "MPEG audio" ? " layer 1 or 2" : "") + " within WAV is not read");

    [Fact]
    public void A_file_that_shrinks_after_it_was_opened_is_truncated()
    {
        var source = new ShrinkingSource(Riff(Fmt(), Data(1, 2, 3, 4)));
        var clip = (AudioClip)ArtifactReaders.Read(new ReadRequest(source, new ReadBudget(ReadLimits.Default)));
        source.Visible = 48;
        var read = () => clip.Samples();
        read.Should().Throw<ArtifactFault>().Which.Reason.Code.Should().Be("truncated");
    }

    private sealed class ShrinkingSource(byte[] bytes) : IByteSource
    {
        public int Visible { get; set; } = bytes.Length;

        public long Length => bytes.Length;

        public int Read(long offset, Span<byte> destination) => new MemoryByteSource(bytes.AsMemory(0, Visible)).Read(offset, destination);

        public void Dispose()
        {
        }
    }
}
