using ModelGate.Artifacts;
using ModelGate.Gates.Audio;
using ModelGate.Signals.Audio.Voice;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Audio;

/// <summary>Recordings that are short, of odd rates, or whose channels cancel each other out.</summary>
public class OddRecordingsTests
{
    [Fact]
    public void Rates_that_are_far_apart_are_not_brought_together()
    {
        var (output, reference) = (Noise(1_536_000, 4096), Noise(1, 4096));

        Voices.Judge(new BandMustMatchReference(), new BandMustMatchReference.Options(), output, reference).ShouldBeInconclusive("too far apart");
        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options(), reference, output).ShouldBeInconclusive("too far apart");
    }

    [Fact]
    public void A_word_of_less_than_a_second_need_not_vary()
    {
        var hum = Clip(48_000, 0.4, t => 0.3 * Math.Sin(2 * Math.PI * 200 * t));

        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), hum).IsAboutNothing.Should().BeTrue();
        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), Clip(48_000, 2, t => 0.3 * Math.Sin(2 * Math.PI * 200 * t))).Findings.Should().NotBeEmpty();
        Voices.Judge(new PitchMustVary(), new PitchMustVary.Options(), Clip(48_000, 0.1, t => 0.3 * Math.Sin(2 * Math.PI * 200 * t))).IsAboutNothing.Should().BeTrue();
    }

    [Fact]
    public void Channels_that_cancel_each_other_out_are_not_called_silence()
    {
        var samples = Enumerable.Range(0, 48_000).SelectMany(n => new[] { (float)(0.3 * Math.Sin(n * 0.05)), (float)(-0.3 * Math.Sin(n * 0.05)) }).ToArray();
        var judgement = Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), WaveBytes.Read(WaveBytes.OfFloats(samples, channels: 2)));

        judgement.ShouldFail("cancel each other out");
        judgement.Summary.Value.Should().NotContain("digital silence");
    }

    // A block is 5 ms, 240 samples at 48 kHz: up in one and down in the next is one click.
    [Theory]
    [InlineData(23_999)]
    [InlineData(24_000)]
    [InlineData(24_100)]
    public void One_sample_that_stands_out_is_one_click_wherever_it_lies(int at)
    {
        var samples = Enumerable.Range(0, 48_000).Select(n => (float)(0.05 * Math.Sin(n * 0.02))).ToArray();
        samples[at] += 0.5f;

        Voices.Judge(new AudioMustNotClick(), new AudioMustNotClick.Options(), WaveBytes.Read(WaveBytes.OfFloats(samples))).Measurements.Single(m => m.Signal == ClickCount.Info.Name).Observed.Should().Be(1);
    }

    // BS.1770's shelf lies at 1,682 Hz: below twice that rate it is not a filter.
    [Fact]
    public void A_rate_below_the_filter_of_loudness_has_no_loudness()
        => Voices.Judge(new LevelMustMatchReference(), new LevelMustMatchReference.Options(), Noise(3300, 9900), Noise(3300, 9900)).Measurements.Where(m => m.Signal == "integrated-loudness").Should().OnlyContain(m => m.Observed == null);

    private static AudioClip Noise(uint rate, int frames)
    {
        var random = new Random(1);
        return WaveBytes.Read(WaveBytes.OfFloats([.. Enumerable.Range(0, frames).Select(_ => (float)(0.2 * ((2 * random.NextDouble()) - 1)))], rate: rate));
    }

    private static AudioClip Clip(uint rate, double seconds, Func<double, double> value)
        => WaveBytes.Read(WaveBytes.OfFloats([.. Enumerable.Range(0, (int)(rate * seconds)).Select(n => (float)value(n / (double)rate))], rate: rate));
}
