using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>Lines of vocoders and test tones, beside speech.</summary>
public class TonalLinesTests
{
    // HiFi-GAN after 900 steps speaks at 22050/256 = 86.13 Hz, its frame rate.
    [Theory]
    [InlineData("voices/hifigan-900.wav", true)]
    [InlineData("voices/u10-stuck.wav", true)]
    [InlineData("reference.wav", false)]
    [InlineData("voices/u01-original.wav", false)]
    [InlineData("voices/u12-whisper.wav", false)]
    [InlineData("voices/u10-beep.wav", false)]
    public void A_vocoder_that_hums_has_lines_at_its_frame_rate(string file, bool hums)
    {
        var decibels = Readings.OfWhole("frame-rate-lines", WaveBytes.ReadFixture(file));

        (decibels > 10).Should().Be(hums, $"{decibels}");
    }

    [Fact]
    public void A_vocoder_that_hums_has_the_pitch_of_its_frame_rate()
    {
        Readings.OfWhole("frame-rate-pitch", WaveBytes.ReadFixture("voices/hifigan-900.wav")).Should().BeGreaterThan(0.9);
        Readings.OfWhole("frame-rate-pitch", WaveBytes.ReadFixture("voices/u01-original.wav")).Should().BeLessThan(0.05);
        Readings.OfWhole("frame-rate-pitch", MadeClip.Of(MadeClip.Saw(48_000 / 512.0, 48_000))).Should().BeGreaterThan(0.9);
        Readings.OfWhole("frame-rate-pitch", MadeClip.Of(MadeClip.Saw(97, 48_000))).Should().BeLessThan(0.1);
    }

    [Fact]
    public void A_tone_of_1_kHz_stands_out_of_noise_and_one_of_1300_Hz_is_none_of_its_multiples()
    {
        double? With(double frequency, double level)
            => Readings.OfWhole("kilohertz-lines", MadeClip.Of(MadeClip.Noise(0.1, 96_000).Zip(MadeClip.Sine(frequency, 96_000), (noise, tone) => noise + (level * tone))));

        With(1000, 0).Should().BeLessThan(3);
        With(1000, 0.2).Should().BeGreaterThan(15);
        With(7000, 0.2).Should().BeGreaterThan(15);
        With(1300, 0.2).Should().BeLessThan(3);
    }
}
