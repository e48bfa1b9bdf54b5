using static ModelGate.Tests.Readers.Wave.WaveBytes;

namespace ModelGate.Tests.Readers.Wave;

public class WaveOdditiesTests
{
    private static readonly byte[] Samples = Data(1, 2, 3, 4);

    public static TheoryData<string, string, byte[]> Oddities => new()
    {
        { "a data size of 0, samples follow", "the data chunk does not say its length: the 8 bytes*", Riff(Fmt(), Chunk("data", Samples[8..], 0)) },
        { "a data size of 2^32-1", "the data chunk does not say its length: the 8 bytes*", Riff(Fmt(), Chunk("data", Samples[8..], uint.MaxValue)) },
        { "a RIFF size of 0", "the RIFF header does not say*", Form("RIFF", 0, Fmt(), Samples) },
        { "a RIFF size of 2^32-1", "the RIFF header does not say*", Form("RIFF", uint.MaxValue, Fmt(), Samples) },
        { "a RIFF size one too small", "the RIFF header says 51 bytes, and the file has 52", Form("RIFF", 43, Fmt(), Samples) },
        { "a RIFF size one too great", "the RIFF header says 53 bytes, and the file has 52", Form("RIFF", 45, Fmt(), Samples) },
        { "a wrong byte rate", "the fmt chunk says 7 bytes a second*", Riff(Fmt(byteRate: 7), Samples) },
        { "a wide container", "12 bits a sample lie in 4 bytes", Riff(Fmt(bits: 12, blockAlign: 4), Chunk("data", new byte[16])) },
        { "half a frame at the end", "the last frame has 1 of 2 bytes*", Riff(Fmt(), Chunk("data", [.. Samples[8..], 9])) },
        { "no padding", "a chunk of odd length that ends at 47 lacks*", Riff(Fmt(), Chunk("LIST", [1, 2, 3], isPadded: false), Samples) },
        { "rubbish behind the end", "the RIFF header says 52 bytes*", [.. Riff(Fmt(), Samples), 0, 0, 0, 0, 0, 0, 0, 0] },
        { "zeros behind the samples, inside the RIFF size", "6 bytes follow*", Riff(Fmt(), Samples, new byte[6]) },
        { "a chunk behind the samples that is cut off", "7 bytes follow*", Riff(Fmt(), Samples, [.. "LIST"u8, 9, 0, 0]) },
        { "text behind the samples", "8 bytes follow*", Riff(Fmt(), Samples, [.. "the end."u8]) },
        { "SoX writing to a pipe", "the data chunk does not say its length*", Form("RIFF", 0x7FFF_F024, Fmt(), Chunk("data", Samples[8..], 0x7FFF_F000)) },
        { "the largest signed number", "the data chunk does not say its length*", Form("RIFF", 0x7FFF_FFFF, Fmt(), Chunk("data", Samples[8..], 0x7FFF_FFFF)) },
        { "arecord writing to a pipe", "the data chunk does not say its length*", Form("RIFF", 0x8000_0024, Fmt(), Chunk("data", Samples[8..], 0x8000_0000)) },
        { "a data size that is the length of the file", "the data chunk says 52 bytes*", Riff(Fmt(), Chunk("data", Samples[8..], 52)) },
        { "a data size that is the RIFF size", "the data chunk says 44 bytes*", Riff(Fmt(), Chunk("data", Samples[8..], 44)) },
        { "a data size that counts the chunk's header", "the data chunk says 16 bytes*", Riff(Fmt(), Chunk("data", Samples[8..], 16)) },
        { "a wrong 64-bit RIFF size", "the RIFF header says 9 bytes*", Form("RF64", uint.MaxValue, Ds64(1, 8), Fmt(), Chunk("data", Samples[8..], uint.MaxValue)) },
    };

    public static TheoryData<string, byte[]> Plain => new()
    {
        { "chunks around the samples", Riff(Chunk("JUNK", new byte[5]), Fmt(), Chunk("LIST", [.. "INFOISFT\u0004\0\0\0\u001b[2J"u8]), Samples, Chunk("bext", new byte[3])) },
        { "an empty extension", Riff(Fmt(extra: [0, 0]), Samples) },
        { "an extensible fmt", Riff(Extensible(1, 16, 16), Samples) },
        { "a chunk of a name unknown to us", Riff(Fmt(), Chunk("zzzz", new byte[2]), Samples) },
        { "RF64", Form("RF64", uint.MaxValue, Ds64(80, 8), Fmt(), Chunk("data", Samples[8..], uint.MaxValue)) },
        { "BW64 with a small size in its place", Form("BW64", uint.MaxValue, Ds64(80, 0), Fmt(), Samples) },
    };

    [Theory]
    [MemberData(nameof(Oddities))]
    public void An_oddity_is_a_warning_and_the_samples_are_read(string oddity, string warning, byte[] file)
    {
        var clip = Read(file);
        clip.Warnings.Select(w => w.Value).Should().ContainMatch(warning, oddity);
        clip.Frames.Should().Be(4, oddity);
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void What_the_format_allows_is_no_oddity(string what, byte[] file)
    {
        var clip = Read(file);
        clip.Warnings.Should().BeEmpty(what);
        clip.Samples().Should().Equal([1 / 32768f, 2 / 32768f, 3 / 32768f, 4 / 32768f], what);
    }

    [Fact]
    public void Where_more_bytes_are_unknown_than_are_samples_the_file_is_refused()
    {
        var refusal = Refusal([.. Riff(Fmt(), Samples), 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        refusal.Reason.Code.Should().Be("trailing-bytes");
        Refusal(Riff(Fmt(), Samples, Chunk("zzzz", new byte[10]))).Reason.Code.Should().Be("trailing-bytes");
        Read(Riff(Fmt(), Samples, Chunk("id3 ", new byte[1000]))).Frames.Should().Be(4);
    }

    [Fact]
    public void A_file_that_was_cut_off_is_not_taken_for_one_that_does_not_say_its_length()
    {
        byte[] file = Riff(Fmt(), Chunk("data", new byte[4000]));
        for (var cut = 1; cut < 4000; cut++)
        {
            Refusal(file[..^cut]).Reason.Code.Should().Be("truncated");
        }
    }

    [Fact]
    public void A_data_chunk_of_no_samples_before_another_chunk_is_empty()
    {
        var clip = Read(Riff(Fmt(), Data(), Chunk("LIST", new byte[4])));
        clip.Frames.Should().Be(0);
        clip.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void An_odd_data_chunk_at_the_end_needs_no_padding()
        => Read(Riff(Fmt(bits: 8), Chunk("data", [1, 2, 3], isPadded: false))).Frames.Should().Be(3);
}
