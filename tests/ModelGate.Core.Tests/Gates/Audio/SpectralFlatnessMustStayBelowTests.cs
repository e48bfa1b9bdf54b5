using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates;

public class SpectralFlatnessMustStayBelowTests
{
    [Fact]
    public void Speech_with_pauses_passes_with_its_margin()
    {
        var judgement = Judge(WaveBytes.ReadFixture("reference.wav"));
        judgement.IsInconclusive.Should().BeFalse();
        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Be("spectral flatness 0.0526 is below 0.1, by 0.0474, over 91.3 % of the frames");
        judgement.Measurements.Select(m => (m.Signal, m.Subject.Value)).Should().Equal(
            ("spectral-flatness", "out/a.wav"), ("spectral-flatness-all-frames", "out/a.wav"), ("active-frames", "out/a.wav"));
        judgement.Measurements[0].Margin.Should().BeApproximately(0.04737, 1e-5);
        judgement.Measurements[1].Observed.Should().BeApproximately(0.135524, 1e-6);
        judgement.Measurements[1].Required.Should().BeNull();
    }

    [Fact]
    public void Noise_in_place_of_speech_fails()
    {
        var judgement = Judge(WaveBytes.ReadFixture("converted_noise.wav"));
        var finding = judgement.Findings.Should().ContainSingle().Subject;
        finding.Message.Value.Should().Be("spectral flatness 0.3807 is not below 0.1: the output is as flat as noise");
        finding.Remedy.IsEmpty.Should().BeFalse();
        finding.Evidence.Should().ContainSingle().Which.Required!.ToString().Should().Be("< 0.1");
    }

    [Fact]
    public void White_noise_is_called_so()
        => Judge(MadeClip.Of(MadeClip.Noise(0.1, 48_000))).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().EndWith("the output is as flat as white noise (0.56)");

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
        Judge(clip, new() { MinimumLevel = -100 }).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().EndWith("noise covers a good part of the output");
    }

    [Fact]
    public void Silence_is_inconclusive()
    {
        var judgement = Judge(MadeClip.Of(MadeClip.Silence(48_000)));
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Be("no frame is louder than -60 dBFS, and silence has no flatness");
        judgement.Measurements.Select(m => m.Observed).Should().Equal(null, 1.0, 0.0);
    }

    [Fact]
    public void Samples_that_are_not_finite_are_inconclusive()
    {
        var judgement = Judge(WaveBytes.ReadFixture("u01-inf-some.wav"));
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().StartWith("3 samples are NaN or infinite");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2047)]
    public void Less_than_a_frame_is_inconclusive(int count)
    {
        var judgement = Judge(MadeClip.Of(MadeClip.Noise(0.1, count)));
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Be($"the recording has {count} samples a channel, and one spectrum takes 2048");
    }

    [Fact]
    public void It_judges_every_output_and_no_other_role()
    {
        var gate = new SpectralFlatnessMustStayBelow();
        gate.Roles.Should().Equal(ArtifactRole.Output);
        var artifacts = new ArtifactSet();
        artifacts.Add(ArtifactRole.Output, ["*.wav"], [
            new RoleFile("a.wav", 1, default, MadeClip.Of(MadeClip.Sine(440, 48_000)), default),
            new RoleFile("b.wav", 1, default, null, SafeText.Of($"it is truncated")),
        ]);
        var judgements = gate.Judge(artifacts, new SpectralFlatnessMustStayBelow.Options()).ToArray();
        judgements.Select(j => (j.Artifact, j.IsInconclusive)).Should().Equal(("a.wav", false), ("b.wav", true));
    }

    private static Judgement Judge(AudioClip clip, SpectralFlatnessMustStayBelow.Options? options = null)
        => new SpectralFlatnessMustStayBelow().Judge(new ComparedRecording(new("out/a.wav", 1, default, clip), null), options ?? new());
}
