using System.Text.Json;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>The signals of voices against values that librosa, numpy and pyloudnorm computed in double precision: Fixtures/audio/voices/expected.json.</summary>
public class VoiceSignalsTests
{
    private static readonly (string Signal, string Field)[] Compared =
    [
        ("silent-share", "silentShare"),
        ("longest-silence", "longestSilenceSeconds"),
        ("level-deviation", "activeLevelStdDb"),
        ("mel-deviation", "melTemporalStdActive"),
        ("zero-crossings", "crossingsPerSecond"),
        ("zero-crossings-active", "crossingsPerSecondActive"),
        ("periodic-share", "periodicShare"),
        ("pitch-range", "yinLogF0Iqr"),
        ("voice-pitch", "yinMedianHz"),
        ("clipped-share", "clipShare"),
        ("clipped-run", "clipLongestRun"),
        ("plateau-run", "plateauLongestRun"),
        ("integrated-loudness", "lufs"),
    ];

    public static TheoryData<string> Files => [.. Expected().GetProperty("files").EnumerateObject().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_value_is_that_of_librosa_numpy_and_pyloudnorm(string file)
    {
        var clip = WaveBytes.ReadFixture(Path.Combine("voices", file));
        var expected = Expected().GetProperty("files").GetProperty(file);
        foreach (var (signal, field) in Compared)
        {
            var wanted = expected.GetProperty(field);
            var found = Readings.OfWhole(signal, clip);
            if (wanted.ValueKind == JsonValueKind.Null)
            {
                found.Should().BeNull(signal);
            }
            else
            {
                found.Should().BeApproximately(wanted.GetDouble(), 1e-5 * Math.Max(1, Math.Abs(wanted.GetDouble())), $"{signal} of {file}");
            }
        }
    }

    [Fact]
    public void Loudness_of_a_sine_is_that_of_the_standard()
    {
        // BS.1770-4: 997 Hz at full scale in one channel is -3.01 LKFS, and half of it 6.02 dB less.
        Readings.OfWhole("integrated-loudness", MadeClip.Of(MadeClip.Sine(997, 96_000))).Should().BeApproximately(-3.01 - 6.02, 0.01);
    }

    [Fact]
    public void Silence_has_none_of_it()
    {
        var silence = MadeClip.Of(MadeClip.Silence(48_000));

        Readings.OfWhole("silent-share", silence).Should().Be(1);
        foreach (var signal in new[] { "level-deviation", "mel-deviation", "periodic-share", "pitch-range", "zero-crossings-active", "integrated-loudness" })
        {
            Readings.OfWhole(signal, silence).Should().BeNull(signal);
        }
    }

    [Fact]
    public void A_long_recording_streams_by_in_blocks()
    {
        // A block is 4,194,304 samples, and this is a little more than one: the pitch of a saw stays that of the saw, over the seam too.
        var clip = MadeClip.Of(Enumerable.Range(0, 4_600_000).Select(i => 0.5 * ((2 * (i % 480 / 480.0)) - 1)));

        Readings.OfWhole("voice-pitch", clip).Should().BeApproximately(100, 0.01);
        Readings.OfWhole("pitch-range", clip).Should().BeLessThan(1e-4);
        Readings.OfWhole("periodic-share", clip).Should().BeGreaterThan(0.999);
        Readings.OfWhole("silent-share", clip).Should().Be(0);
        Readings.OfWhole("zero-crossings", clip).Should().BeApproximately(200, 0.1);
    }

    [Fact]
    public void A_sample_that_is_not_finite_leaves_nothing()
    {
        var clip = WaveBytes.ReadFixture("u01-inf-some.wav");
        foreach (var (signal, _) in Compared)
        {
            Readings.OfWhole(signal, clip).Should().BeNull(signal);
        }

        Readings.OfWhole("click-count", clip).Should().BeNull();
    }

    internal static JsonElement Expected() => JsonDocument.Parse(Fixture.Bytes("audio/voices/expected.json")).RootElement;
}
