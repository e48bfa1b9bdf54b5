using ModelGate.Signals.Audio;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

public class OccupiedBandFlatnessTests
{
    // exp(-gamma): the powers of white noise are distributed exponentially.
    private const double WhiteNoise = 0.5615;

    // Computed by Fixtures/audio/occupied_band.py, with numpy and scipy.
    [Theory]
    [InlineData("reference.wav", 1, 0.0630205492365257, 0.05262934449943922, 0, 9646.875)]
    [InlineData("converted_noise.wav", 1, 0.3806754076927511, 0.3806754076927511, 0, 24000)]
    [InlineData("u01-stereo.wav", 1, 0.055962143474659234, 0.04686859344043237, 0, 7500)]
    [InlineData("u01-stereo.wav", 2, 0.05571574753995085, 0.04664448401924317, 0, 7500)]
    [InlineData("u06-8-bit.wav", 1, 0.04424282317226862, 0.0422287309853679, 0, 7750)]
    [InlineData("u10-24-bit.wav", 1, 0.05688422030563695, 0.0368772119631502, 0, 7500)]
    [InlineData("u15-float.wav", 1, 0.055864606137794315, 0.044624246610499366, 0, 7579.6875)]
    public void It_is_numpys_to_nine_digits(string file, int channel, double value, double whole, double low, double high)
    {
        var measured = MadeClip.BandFlatness(WaveBytes.ReadFixture(file)).Channels[channel - 1];

        measured.Value.Should().BeApproximately(value, 1e-9);
        measured.Whole.Should().BeApproximately(whole, 1e-9);
        measured.Low.Should().Be(low);
        measured.High.Should().Be(high);
    }

    [Theory]
    [InlineData(0, 24_000)]
    [InlineData(0, 11_000)]
    [InlineData(0, 4_000)]
    [InlineData(300, 3_400)]
    [InlineData(4_000, 12_000)]
    [InlineData(18_000, 24_000)]
    public void Noise_is_flat_whatever_part_of_the_spectrum_it_fills(double low, double high)
    {
        var measured = MadeClip.BandFlatness(MadeClip.Of(MadeClip.BandNoise(0.1, 96_000, low, high))).Flattest!;

        measured.Value.Should().BeApproximately(WhiteNoise, 0.03);
        measured.Low.Should().BeInRange(low, low + 1_500);
        measured.High.Should().BeInRange(high - 1_500, high);
    }

    [Fact]
    public void Where_the_whole_spectrum_is_occupied_the_value_is_that_of_the_whole_band()
    {
        var clip = MadeClip.Of(MadeClip.Noise(0.1, 48_000));
        MadeClip.BandFlatness(clip).Flattest!.Value.Should().BeApproximately(MadeClip.Flatness(clip).ActiveMean!.Value, 1e-14);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(440)]
    [InlineData(10_000)]
    [InlineData(23_900)]
    public void A_tone_is_no_narrow_noise(double frequency)
        => MadeClip.BandFlatness(MadeClip.Of(MadeClip.Sine(frequency, 48_000))).Flattest!.Value.Should().BeLessThan(0.01);

    [Fact]
    public void The_gain_does_not_matter()
    {
        var noise = MadeClip.BandNoise(0.1, 48_000, 1_000, 9_000).ToArray();
        var values = new[] { 1, 0.1, 1e30 }.Select(g => MadeClip.BandFlatness(MadeClip.Of(noise.Select(s => s * g))).Flattest!.Value!.Value).ToArray();
        values[1].Should().BeApproximately(values[0], 1e-3);
        values[2].Should().BeApproximately(values[0], 1e-3);
    }

    [Fact]
    public void Silence_before_and_behind_does_not_matter()
    {
        var noise = MadeClip.BandNoise(0.1, 96_000, 0, 11_000).ToArray();
        var measured = MadeClip.BandFlatness(MadeClip.Of([.. MadeClip.Silence(30_000), .. noise, .. MadeClip.Silence(30_000)])).Flattest!;
        measured.Value.Should().BeApproximately(WhiteNoise, 0.05);
    }

    [Fact]
    public void Every_channel_has_its_own_band()
    {
        var low = MadeClip.BandNoise(0.1, 96_000, 0, 4_000);
        var high = MadeClip.BandNoise(0.1, 96_000, 12_000, 20_000, seed: 2);
        var channels = MadeClip.BandFlatness(MadeClip.Of(low.Zip(high).SelectMany(p => new[] { p.First, p.Second, 0 }), channels: 3)).Channels;

        channels.Select(c => c.High).Should().SatisfyRespectively(h => h.Should().BeLessThan(4_001), h => h.Should().BeInRange(18_000, 20_000), _ => { });
        channels.Select(c => c.Value is null).Should().Equal(false, false, true);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void One_sample_that_is_not_finite_leaves_no_value(float sample)
        => MadeClip.BandFlatness(MadeClip.Of([.. MadeClip.Noise(0.1, 48_000), sample])).Should().Match<BandFlatness>(b => b.Flattest == null && b.NonFiniteSamples == 1);

    [Fact]
    public void Memory_does_not_grow_with_the_length()
    {
        var clip = MadeClip.Of(MadeClip.Noise(0.1, 2_000_000));
        MadeClip.BandFlatness(clip);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MadeClip.BandFlatness(clip);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(2_000_000);
    }
}
