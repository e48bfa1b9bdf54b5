using ModelGate.Faults;
using ModelGate.Tests.Signals;
using static ModelGate.Tests.Readers.Wave.WaveBytes;

namespace ModelGate.Tests.Readers.Wave;

public class WaveDamageTests
{
    private static readonly byte[][] Files =
    [
        Riff(Fmt(), Chunk("LIST", new byte[7]), Data(1, 2, 3, 4), Chunk("bext", new byte[6])),
        Riff(Extensible(3, 32, 32, channels: 2), Chunk("data", new byte[64])),
        Form("RF64", uint.MaxValue, Ds64(100, 32), Fmt(7, bits: 8), Chunk("data", new byte[32], uint.MaxValue)),
    ];

    [Fact]
    public void A_cut_inside_the_samples_or_before_them_is_never_read()
    {
        foreach (var file in Files)
        {
            var end = file.AsSpan().LastIndexOf("data"u8) + 8 + 8;
            for (var length = 0; length < end; length++)
            {
                Refusal(file[..length]).Reason.Code.Should().BeOneOf("empty", "unknown-format", "truncated", "missing-chunk", "ds64");
            }
        }
    }

    [Fact]
    public void A_cut_file_is_refused_or_sound()
    {
        foreach (var file in Files)
        {
            for (var length = 0; length < file.Length; length++)
            {
                ReadAll(file[..length]);
            }
        }
    }

    [Fact]
    public void A_file_with_flipped_bytes_is_refused_or_sound()
    {
        var random = new Random(5001);
        var readable = 0;
        for (var round = 0; round < 30_000; round++)
        {
            var file = (byte[])Files[round % Files.Length].Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                file[random.Next(4, file.Length)] = random.Next(4) == 0 ? (byte)0xFF : (byte)random.Next(256);
            }

            readable += ReadAll(file) ? 1 : 0;
        }

        readable.Should().BeInRange(3_000, 27_000);
    }

    private static bool ReadAll(byte[] file)
    {
        try
        {
            var clip = Read(file);
            clip.Channels.Should().BeInRange(1, 64);
            clip.SampleRate.Should().BeGreaterThan(0);
            clip.Samples().Length.Should().BeLessThanOrEqualTo(file.Length);
            MadeClip.Flatness(clip).Frames.Should().Be(0);
            return true;
        }
        catch (ArtifactFault)
        {
            return false;
        }
    }
}
