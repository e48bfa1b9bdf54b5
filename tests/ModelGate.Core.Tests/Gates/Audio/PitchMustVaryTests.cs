using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Audio;

public class PitchMustVaryTests
{
    [Theory]
    [InlineData("u01-original", null)]
    [InlineData("u06-8-bit", null)]
    [InlineData("reference", null)]
    [InlineData("u01-griffinlim-100", "u01-original")]
    public void A_voice_passes(string output, string? reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u10-beep", "never moves")]
    [InlineData("u10-stuck", "16000/160")]
    [InlineData("u06-flat-pitch", "never moves")]
    public void A_pitch_that_never_moves_fails(string output, string saying) => Judge(output, null).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain(saying);

    [Fact]
    public void A_vocoder_that_repeats_one_frame_is_heard_at_its_frame_rate() => Judge("hifigan-900", null).ShouldFail("Hz, which is 22050/256");

    [Fact]
    public void An_octave_beside_the_reference_fails_unless_the_shift_is_given()
    {
        Judge("u01-octave-up", "u01-original").ShouldFail("an octave too high");
        Judge("u01-octave-up", "u01-original", new() { PitchShift = 12 }).ShouldPass();
        Judge("u01-octave-up", "u01-original", new() { PitchShift = -12 }).ShouldFail("semitones");

        var unknown = Judge("u01-octave-up", "u01-original", new() { PitchShift = null });
        unknown.ShouldPass();
        unknown.Summary.Value.Should().Contain("semitones");
    }

    [Fact]
    public void A_whisper_has_no_pitch_to_judge()
    {
        var judgement = Judge("u12-whisper", null);
        judgement.IsAboutNothing.Should().BeTrue();
        judgement.Measurements.Should().Contain(m => m.Signal == "periodic-share");
    }

    [Fact]
    public void A_reference_that_cannot_be_measured_is_inconclusive() => Judge("u01-original", "u01-inf-some").ShouldBeInconclusive("cannot be used");

    [Fact]
    public void NaN_is_inconclusive() => Judge("u01-inf-some", null).ShouldBeInconclusive("NaN or infinite");

    [Fact]
    public void Shows_the_pitch_of_both()
    {
        var exhibit = new GateRun().With(ArtifactRole.Output, "a.wav", Voices.Clip("u01-octave-up")).With(ArtifactRole.Reference, "b.wav", Voices.Clip("u01-original"))
            .Judge(new PitchMustVary(), new PitchMustVary.Options()).Single().Exhibits.Should().ContainSingle().Which.Should().BeOfType<CurveExhibit>().Subject;

        exhibit.Points.Should().Contain(p => p.Y > 0).And.Contain(p => double.IsNaN(p.Y));
        exhibit.Others.Should().ContainSingle();
    }

    private static Judgement Judge(string output, string? reference, PitchMustVary.Options? options = null) => Voices.Judge(new PitchMustVary(), options ?? new(), output, reference);
}
