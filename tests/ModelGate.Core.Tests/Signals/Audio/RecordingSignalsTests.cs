using ModelGate.Artifacts;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>The signals of recordings against values that numpy and librosa computed in double precision.</summary>
public class RecordingSignalsTests
{
    [Theory]
    [InlineData("Fixtures/audio/reference.wav", 22050, 3.713922902, 0.782989502, 0.08210534762, 0.001435685622, 0.0526293445, 0.1355242769, 0.9125)]
    [InlineData("samples/lexi/audio/lexi_converted.wav", 48000, 5.552645833, 0.1583862305, 0.1291080376, 0.0006239802597, 0.3806754077, 0.3806754077, 1.0)]
    [InlineData("samples/lexi-fixed/audio/lexi_converted.wav", 48000, 5.3834375, 0.3984069824, 0.04030039316, 0.0003251350013, 0.001162195606, 0.07006094868, 0.8772277228)]
    [InlineData("samples/lexi/audio/lexi_input.wav", 48000, 5.552645833, 0.2936706543, 0.03900983768, 0.0003451323546, 0.0001573722832, 0.03349619224, 0.8886756238)]
    [InlineData("Fixtures/audio/scipy/test-44100Hz-2ch-32bit-float-le.wav", 44100, 0.01, 0.7999982238, 0.5703036886, 0.05179771977, null, null, null)]
    [InlineData("Fixtures/audio/scipy/test-8000Hz-le-2ch-1byteu.wav", 8000, 0.1, 0.70703125, 0.4926176002, 2.44140625e-05, null, null, null)]
    public void A_value_is_that_of_numpy_and_librosa(
        string path, double rate, double seconds, double peak, double rms, double dc, double? flatness, double? flatnessAllFrames, double? active)
    {
        var clip = Clip(path);

        Readings.OfWhole("sample-rate", clip).Should().Be(rate);
        Readings.OfWhole("duration", clip).Should().BeApproximately(seconds, 1e-9);
        Readings.OfWhole("peak", clip).Should().BeApproximately(peak, 1e-9);
        Readings.OfWhole("rms", clip).Should().BeApproximately(rms, 1e-10);
        Readings.OfWhole("dc", clip).Should().BeApproximately(dc, 1e-11);
        Readings.OfWhole("non-finite-samples", clip).Should().Be(0);
        Agree(Readings.OfWhole("spectral-flatness", clip), flatness);
        Agree(Readings.OfWhole("spectral-flatness-all-frames", clip), flatnessAllFrames);
        Agree(Readings.OfWhole("active-frames", clip), active);
    }

    [Theory]
    [InlineData("Fixtures/audio/scipy/test-44100Hz-2ch-32bit-float-le.wav", 0.7999982238)]
    [InlineData("Fixtures/audio/scipy/test-8000Hz-le-2ch-1byteu.wav", 0.7109375)]
    public void The_channels_stand_apart_beside_their_mean(string path, double highestOfAnyChannel)
    {
        var peaks = Readings.Of("peak", Clip(path));

        peaks.Keys.Should().Equal("", "channel 1", "channel 2");
        peaks.Where(p => p.Key.Length > 0).Max(p => p.Value).Should().BeApproximately(highestOfAnyChannel, 1e-9);
    }

    [Fact]
    public void A_sample_that_is_not_finite_leaves_nothing_but_its_count()
    {
        var clip = WaveBytes.ReadFixture("u01-inf-some.wav");

        Readings.OfWhole("non-finite-samples", clip).Should().Be(3);
        foreach (var signal in new[] { "peak", "rms", "dc", "spectral-flatness", "spectral-flatness-all-frames" })
        {
            Readings.OfWhole(signal, clip).Should().BeNull(signal);
        }
    }

    [Fact]
    public void No_samples_have_no_level() => Readings.OfWhole("rms", MadeClip.Of([])).Should().BeNull();

    private static AudioClip Clip(string path)
        => WaveBytes.Read(path.StartsWith("Fixtures/", StringComparison.Ordinal) ? Fixture.Bytes(path["Fixtures/".Length..]) : File.ReadAllBytes(Repository.PathOf(path.Split('/'))));

    private static void Agree(double? found, double? expected)
    {
        found.HasValue.Should().Be(expected.HasValue);
        (found ?? 0).Should().BeApproximately(expected ?? 0, 1e-9);
    }
}
