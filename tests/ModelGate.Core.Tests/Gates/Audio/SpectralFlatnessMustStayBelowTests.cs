using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class SpectralFlatnessMustStayBelowTests
{
    // librosa's values of the fixtures, and those of occupied_band.py: Fixtures/audio/README.md.
    private const double SpeechBand = 0.0630205492365257;
    private const double SpeechBandHigh = 9646.875;
    private const double Speech = 0.05262934449943922;
    private const double SpeechAllFrames = 0.13552427685573826;
    private const double Noise = 0.3806754076927511;

    [Fact]
    public void Speech_with_pauses_passes_with_its_margin()
    {
        var judgement = Judge(WaveBytes.ReadFixture("reference.wav"));

        judgement.IsInconclusive.Should().BeFalse();
        judgement.Findings.Should().BeEmpty();
        judgement.Measurements.Select(m => (m.Signal, m.Place.Value)).Should().Equal(
            ("occupied-band-flatness", "out/a.wav"),
            ("occupied-band-low", "out/a.wav"),
            ("occupied-band-high", "out/a.wav"),
            ("spectral-flatness", "out/a.wav"),
            ("spectral-flatness-all-frames", "out/a.wav"),
            ("active-frames", "out/a.wav"));
        judgement.Measurements[0].Observed.Should().BeApproximately(SpeechBand, 1e-9);
        judgement.Measurements[0].Margin.Should().BeApproximately(0.1 - SpeechBand, 1e-9);
        judgement.Measurements[1].Observed.Should().Be(0);
        judgement.Measurements[2].Observed.Should().Be(SpeechBandHigh);
        judgement.Measurements[3].Observed.Should().BeApproximately(Speech, 1e-9);
        judgement.Measurements[4].Observed.Should().BeApproximately(SpeechAllFrames, 1e-9);
        judgement.Measurements.Skip(1).Should().OnlyContain(m => m.Required == null);
    }

    [Fact]
    public void Noise_in_place_of_speech_fails()
    {
        var finding = Judge(WaveBytes.ReadFixture("converted_noise.wav")).Findings.Should().ContainSingle().Subject;

        finding.Remedy.IsEmpty.Should().BeFalse();
        var evidence = finding.Evidence.Should().ContainSingle().Subject;
        evidence.Observed.Should().BeApproximately(Noise, 1e-9);
        evidence.Required.Should().Be(new Requirement(Relation.Below, 0.1));
    }

    [Fact]
    public void White_noise_is_called_so()
        => Judge(MadeClip.Of(MadeClip.Noise(0.1, 48_000))).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("as flat as white noise");

    [Fact]
    public void The_limit_itself_is_not_below_the_limit()
    {
        var clip = WaveBytes.ReadFixture("reference.wav");
        var value = Judge(clip).Measurements[0].Observed!.Value;
        Judge(clip, new() { Limit = value }).Findings.Should().ContainSingle();
        Judge(clip, new() { Limit = Math.BitIncrement(value) }).Findings.Should().BeEmpty();
    }

    [Fact]
    public void A_lower_level_lets_the_pauses_count()
    {
        var clip = MadeClip.Of([.. MadeClip.Saw(120, 48_000), .. MadeClip.Noise(0.0001, 48_000)]);
        Judge(clip).Findings.Should().BeEmpty();
        Judge(clip, new() { MinimumLevel = -100 }).Measurements[0].Margin.Should().BeNegative();
    }

    [Fact]
    public void Noise_that_fills_a_part_of_the_spectrum_fails()
    {
        var judgement = Judge(MadeClip.Of(MadeClip.BandNoise(0.1, 96_000, 0, 11_000)));

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("Hz").And.Contain("as flat as white noise");
        judgement.Measurements.Single(m => m.Signal == "spectral-flatness").Observed.Should().BeLessThan(0.001);
    }

    [Fact]
    public void An_inverted_channel_is_no_silence()
    {
        var speech = WaveBytes.ReadFixture("reference.wav").Samples();
        var judgement = Judge(MadeClip.Of(speech.SelectMany(s => new double[] { s, -s }), channels: 2));

        judgement.IsInconclusive.Should().BeFalse();
        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain("cancel");
    }

    [Fact]
    public void Noise_in_one_channel_fails_also_where_the_channels_cancel_each_other_out()
    {
        var noise = MadeClip.Noise(0.1, 48_000).ToArray();
        Judge(MadeClip.Of(noise.SelectMany(s => new[] { s, -s }), channels: 2)).Findings.Should().ContainSingle();

        var tone = MadeClip.Sine(440, 48_000).ToArray();
        Judge(MadeClip.Of(noise.Zip(tone).SelectMany(p => new[] { p.Second, p.First }), channels: 2)).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().Contain("channel 2");
    }

    [Fact]
    public void A_silent_channel_is_said()
    {
        var judgement = Judge(MadeClip.Of(MadeClip.Saw(120, 48_000).SelectMany(s => new[] { s, 0 }), channels: 2));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain("1 of 2 channels is silent");
    }

    [Fact]
    public void Floats_beyond_full_scale_fail_where_they_are_many_and_are_said_where_they_are_few()
    {
        Judge(MadeClip.Of(MadeClip.Saw(120, 48_000).Select(s => s * 30_000))).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("full scale");

        var few = Judge(MadeClip.Of(MadeClip.Saw(120, 48_000).Select((s, i) => i == 100 ? 1.5 : s)));
        few.Findings.Should().BeEmpty();
        few.Summary.Value.Should().Contain("1.5 times full scale");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.25)]
    public void A_constant_passes_and_is_said_to_be_beyond_what_flatness_sees(double level)
    {
        var judgement = Judge(MadeClip.Of(Enumerable.Repeat(level, 48_000)));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain($"the constant {level.ToString(System.Globalization.CultureInfo.InvariantCulture)}").And.Contain("output.dc");
        Judge(MadeClip.Of(MadeClip.Saw(120, 48_000).Select(s => (s * 0.1) + level))).Summary.Value.Should().NotContain("output.dc");
    }

    [Fact]
    public void Silence_is_inconclusive()
    {
        var judgement = Judge(MadeClip.Of(MadeClip.Silence(48_000)));

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Contain("-60 dBFS");
        judgement.Measurements.Select(m => m.Observed).Should().Equal(null, null, null, null, 1.0, 0.0);
    }

    [Fact]
    public void Samples_that_are_not_finite_are_inconclusive()
    {
        var judgement = Judge(WaveBytes.ReadFixture("u01-inf-some.wav"));

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().StartWith("3 samples");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2047)]
    public void Less_than_a_frame_is_inconclusive(int count)
    {
        var judgement = Judge(MadeClip.Of(MadeClip.Noise(0.1, count)));

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Contain($"{count} samples").And.Contain("2048");
    }

    [Fact]
    public void Every_output_is_judged_and_an_unreadable_one_spoils_no_other()
        => new GateRun().With(ArtifactRole.Output, "a.wav", Wave(MadeClip.Sine(440, 48_000))).With(ArtifactRole.Output, "b.wav", Wave(MadeClip.Sine(440, 48_000))[..1000])
            .Judge(new SpectralFlatnessMustStayBelow(), new SpectralFlatnessMustStayBelow.Options()).Select(j => (j.Path, j.Judgement.IsInconclusive))
            .Should().Equal(("a.wav", false), ("b.wav", true));

    [Fact]
    public void The_output_and_its_reference_are_shown()
    {
        var exhibits = Compare(Wave(MadeClip.Saw(300, 24_000))).Exhibits;

        exhibits.OfType<HeatmapExhibit>().Select(e => e.Title.Value).Should().SatisfyRespectively(t => t.Should().Contain("a.wav"), t => t.Should().Contain("r.wav"));
        exhibits.OfType<CurveExhibit>().Should().ContainSingle().Which.Limit.Should().BeNull("the limit is one of the occupied band, and a tone fills no other");
    }

    public static TheoryData<string, byte[]> UnreadableReferences => new()
    {
        { "cut off", Wave(MadeClip.Saw(300, 24_000))[..1000] },
        { "no recording", [.. "{ \"a\": [1] }"u8] },
        { "of no known format", [1, 2, 3] },
        { "empty", [] },
    };

    [Theory]
    [MemberData(nameof(UnreadableReferences))]
    public void An_unreadable_reference_changes_neither_the_verdict_nor_the_other_pictures(string what, byte[] reference)
    {
        var (judgement, _, exhibits) = Compare(reference);

        judgement.IsInconclusive.Should().BeFalse(what);
        judgement.Findings.Should().BeEmpty();
        exhibits.OfType<HeatmapExhibit>().Should().ContainSingle().Which.Title.Value.Should().Contain("a.wav");
        exhibits.OfType<CurveExhibit>().Should().ContainSingle();
    }

    private static (Judgement Judgement, string Path, IReadOnlyList<Exhibit> Exhibits) Compare(byte[] reference)
        => new GateRun().With(ArtifactRole.Output, "a.wav", Wave(MadeClip.Sine(440, 24_000))).With(ArtifactRole.Reference, "r.wav", reference)
            .Judge(new SpectralFlatnessMustStayBelow(), new SpectralFlatnessMustStayBelow.Options()).Should().ContainSingle().Subject;

    private static byte[] Wave(IEnumerable<double> samples) => WaveBytes.OfFloats([.. samples.Select(s => (float)s)]);

    private static Judgement Judge(AudioClip clip, SpectralFlatnessMustStayBelow.Options? options = null)
        => new GateRun().With(ArtifactRole.Output, "out/a.wav", clip).Judge(new SpectralFlatnessMustStayBelow(), options ?? new()).Should().ContainSingle().Which.Judgement;
}
