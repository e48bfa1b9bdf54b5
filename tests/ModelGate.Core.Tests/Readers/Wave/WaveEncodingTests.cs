using static ModelGate.Tests.Readers.Wave.WaveBytes;

namespace ModelGate.Tests.Readers.Wave;

public class WaveEncodingTests
{
    public static TheoryData<string, byte[], byte[], float[]> Encodings => new()
    {
        { "pcm_u8", Fmt(bits: 8), [0, 127, 128, 255], [-1, -1 / 128f, 0, 127 / 128f] },
        { "pcm_s16le", Fmt(), [0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F], [-1, -1 / 32768f, 32767 / 32768f] },
        { "pcm_s24le", Fmt(bits: 24), [0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [-1, -1 / 8388608f, 8388607 / 8388608f] },
        { "pcm_s32le", Fmt(bits: 32), [0, 0, 0, 0x80, 0, 0, 0, 0x40], [-1, 0.5f] },
        { "pcm_f32le", Fmt(3, bits: 32), Bytes(0.1f, -2f, 1e38f, 1e-42f), [0.1f, -2f, 1e38f, 1e-42f] },
        { "pcm_f32le", Fmt(3, bits: 32), Bytes(float.NaN, float.NegativeInfinity), [float.NaN, float.NegativeInfinity] },
        { "pcm_f64le", Fmt(3, bits: 64), [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(-3.0)], [0.1f, -3] },
        { "pcm_s16le", Fmt(bits: 12, blockAlign: 2), [0xF0, 0x7F], [0x7FF0 / 32768f] },
        { "pcm_s24le", Fmt(bits: 20, blockAlign: 3), [0, 0, 0x40], [0.5f] },
        { "pcm_u8", Fmt(bits: 1, blockAlign: 1), [0, 128], [-1, 0] },
        { "pcm_s16le", Extensible(1, 16, 16), [0, 0x40], [0.5f] },
        { "pcm_s32le", Extensible(1, 32, 24), [0, 0, 0, 0x40], [0.5f] },
        { "pcm_f32le", Extensible(3, 32, 32), Bytes(0.25f), [0.25f] },
        { "pcm_mulaw", Extensible(7, 8, 8), [0xFF], [0] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Samples_are_scaled_to_full_scale(string encoding, byte[] fmt, byte[] data, float[] expected)
    {
        var clip = Read(Riff(fmt, Chunk("data", data)));
        clip.Encoding.Should().Be(encoding);
        clip.Samples().Should().Equal(expected);
    }

    // ITU-T G.711: the least and the greatest code of either sign, and what lies next to silence.
    [Theory]
    [InlineData(7, new byte[] { 0xFF, 0x7F, 0x80, 0x00, 0xFE, 0x7E }, new[] { 0, 0, 32124, -32124, 8, -8 })]
    [InlineData(6, new byte[] { 0xD5, 0x55, 0xAA, 0x2A }, new[] { 8, -8, 32256, -32256 })]
    public void Companded_codes_become_the_values_of_the_standard(int tag, byte[] codes, int[] expected)
        => Read(Riff(Fmt(tag, bits: 8), Chunk("data", codes))).Samples().Should().Equal(expected.Select(v => v / 32768f));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public void Any_number_of_channels_is_read_in_any_order(int channels)
    {
        const int frames = 70_000;
        var values = Enumerable.Range(0, frames * channels).Select(i => (short)(i * 7919)).ToArray();
        var clip = Read(Riff(Fmt(channels: channels), Data(values)));
        clip.Frames.Should().Be(frames);
        clip.Seconds.Should().Be(frames / 8000.0);
        clip.Samples().Should().Equal(values.Select(v => v / 32768f));

        var part = new float[(3 * channels) + (channels - 1)];
        foreach (var first in new[] { frames - 2, 0, 65_537, 12 })
        {
            var count = clip.Samples.Read(first, part);
            count.Should().Be(Math.Min(3, frames - first));
            part[..(count * channels)].Should().Equal(values.Skip(first * channels).Take(count * channels).Select(v => v / 32768f));
        }

        clip.Samples.Read(frames, part).Should().Be(0);
        clip.Samples.Read(long.MaxValue, part).Should().Be(0);
    }

    private static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
