using static ModelGate.Tests.Readers.Wave.WaveBytes;

namespace ModelGate.Tests.Readers.Wave;

public class WaveAgainstScipyTests
{
    [Theory]
    [InlineData("test-8000Hz-le-2ch-1byteu.wav", "pcm_u8", 8000, 2, 800)]
    [InlineData("test-44100Hz-2ch-32bit-float-le.wav", "pcm_f32le", 44100, 2, 441)]
    [InlineData("test-48000Hz-2ch-64bit-float-le-wavex.wav", "pcm_f64le", 48000, 2, 480)]
    [InlineData("test-8000Hz-le-5ch-9S-5bit.wav", "pcm_u8", 8000, 5, 9)]
    [InlineData("test-1234Hz-le-1ch-10S-20bit-extra.wav", "pcm_s24le", 1234, 1, 10)]
    public void Their_form_is_what_scipys_tests_assert(string file, string encoding, int rate, int channels, long frames)
    {
        var clip = ReadFixture("scipy/" + file);
        (clip.Format, clip.Encoding, clip.SampleRate, clip.Channels, clip.Frames).Should().Be(("wave", encoding, rate, channels, frames));
        clip.Samples().Should().OnlyContain(s => s >= -1 && s <= 1);
    }

    [Fact]
    public void Twenty_bits_have_scipys_values()
        => ReadFixture("scipy/test-1234Hz-le-1ch-10S-20bit-extra.wav").Samples()
            .Should().Equal(new[] { 0, 0, 1, 1, 2, 2, 3, 3, 4, 4 }.Select((s, i) => ((i % 2 == 0 ? 0x7FFFF000 : -0x7FFFF000) >> s) / 2147483648f));

    [Fact]
    public void Five_bits_have_scipys_values()
    {
        var samples = ReadFixture("scipy/test-8000Hz-le-5ch-9S-5bit.wav").Samples();
        samples.Should().HaveElementAt(0, 0f);
        samples.Max().Should().Be((0b11111000 - 128) / 128f);
        samples.Min().Should().Be(-1);
    }

    [Theory]
    [InlineData("test-44100Hz-le-1ch-4bytes-early-eof.wav", "truncated")]
    [InlineData("test-44100Hz-le-1ch-4bytes-incomplete-chunk.wav", "truncated")]
    [InlineData("test-8000Hz-le-3ch-5S-64bit.wav", "codec")]
    public void What_cannot_be_read_in_full_is_refused(string file, string reason)
        => Refusal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "audio", "scipy", file))).Reason.Code.Should().Be(reason);
}
