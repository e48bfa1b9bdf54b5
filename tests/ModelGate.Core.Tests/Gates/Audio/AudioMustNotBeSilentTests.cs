using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class AudioMustNotBeSilentTests
{
    [Theory]
    [InlineData("u01-original", null)]
    [InlineData("u12-whisper", null)]
    [InlineData("u10-quiet", "u10-original")]
    [InlineData("u01-octave-up", "u01-original")]
    public void A_good_recording_passes(string output, string? reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u01-half-silent", null, "60 % of the output is silent")]
    [InlineData("u01-half-silent", "u01-original", "the longest silence")]
    [InlineData("u06-dropouts", "u06-original", "drops out")]
    public void Silence_in_place_of_speech_fails(string output, string? reference, string saying) => Judge(output, reference).ShouldFail(saying);

    [Fact]
    public void Digital_silence_fails_and_never_passes()
    {
        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), Voices.Silence).ShouldFail("digital silence");
        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), MadeClip.Of([])).ShouldFail("no samples");
    }

    [Fact]
    public void A_constant_is_silence_too()
        => Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), MadeClip.Of(Enumerable.Repeat(0.5, 48_000))).ShouldFail("digital silence");

    [Fact]
    public void Drop_outs_are_not_looked_for_where_the_timing_is_another()
    {
        var judgement = Judge("u10-truncated", "u10-original");
        judgement.Measurements.Should().NotContain(m => m.Signal == "dropout-share");
    }

    [Fact]
    public void NaN_is_inconclusive() => Judge("u01-inf-some", null).ShouldBeInconclusive("samples-must-be-finite");

    [Fact]
    public void Shows_where_it_is_silent()
    {
        var exhibit = new GateRun().With(ArtifactRole.Output, "a.wav", Voices.Clip("u01-half-silent")).Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options()).Single()
            .Exhibits.Should().ContainSingle().Which.Should().BeOfType<WaveformExhibit>().Subject;

        // The second half of 2.53 s.
        exhibit.Silent[^1].To.Should().BeApproximately(2.53, 0.05);
        exhibit.Silent.Sum(s => s.To - s.From).Should().BeInRange(1.3, 1.7);
    }

    private static Judgement Judge(string output, string? reference) => Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), output, reference);
}
