using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class AudioMustNotClickTests
{
    [Theory]
    [InlineData("u01-original")]
    [InlineData("u10-original")]
    [InlineData("u06-8-bit")]
    [InlineData("u12-whisper")]
    [InlineData("rvc-healthy")]
    [InlineData("reference")]
    public void Speech_passes(string output) => Judge(Voices.Clip(output)).ShouldPass();

    [Fact]
    public void A_sample_that_stands_out_of_a_pause_clicks_and_is_timed()
    {
        var clip = MadeClip.Of([.. MadeClip.Sine(120, 24_000).Select((s, i) => s * Math.Min(1, (24_000 - i) / 12_000.0)), .. MadeClip.Silence(12_000), 0.3, .. MadeClip.Silence(12_000)]);
        Judge(clip).ShouldFail("clicks once: 0.750 s (0.30 of full scale)");
    }

    [Fact]
    public void A_beginning_and_an_end_away_from_zero_click()
        => Judge(MadeClip.Of(Enumerable.Range(0, 48_000).Select(i => 0.5 * Math.Cos(2 * Math.PI * 50 * i / 48_000)))).ShouldFail("clicks 2 times: 0.000 s (0.50 of full scale), 1.000 s");

    [Fact]
    public void An_end_in_the_middle_of_a_sound_is_said_and_passes()
    {
        var judgement = Judge(MadeClip.Of(MadeClip.Noise(0.1, 48_000)));
        judgement.ShouldPass();
        judgement.Summary.Value.Should().Contain("ends in the middle of a sound");
    }

    [Fact]
    public void NaN_and_too_few_samples_are_inconclusive()
    {
        Judge(Voices.Clip("u01-inf-some")).ShouldBeInconclusive("NaN");
        Judge(MadeClip.Of([0.1, 0.2])).ShouldBeInconclusive("shorter than 5 ms");
    }

    private static Judgement Judge(AudioClip clip) => Voices.Judge(new AudioMustNotClick(), new AudioMustNotClick.Options(), clip);
}
