using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class AudioMustNotBeOffsetTests
{
    [Theory]
    [InlineData("u01-original")]
    [InlineData("u10-clipped")]
    [InlineData("hifigan-900")]
    public void A_recording_around_zero_passes(string output) => Voices.Judge(new AudioMustNotBeOffset(), new AudioMustNotBeOffset.Options(), output).ShouldPass();

    [Theory]
    [InlineData(0.03)]
    [InlineData(-0.1)]
    public void An_offset_fails_in_either_direction(double offset)
        => Judge(MadeClip.Of(MadeClip.Saw(120, 48_000).Select(s => (s * 0.5) + offset))).ShouldFail("full scale from zero");

    [Fact]
    public void Offsets_that_cancel_each_other_out_fail()
        => Judge(MadeClip.Of(MadeClip.Saw(120, 48_000).SelectMany(s => new[] { (s * 0.5) + 0.12, (s * 0.5) - 0.1 }), channels: 2)).ShouldFail("in channel 1");

    [Fact]
    public void A_constant_is_called_so() => Judge(MadeClip.Of(Enumerable.Repeat(1.0, 48_000))).ShouldFail("the constant 1");

    [Fact]
    public void No_samples_and_NaN_are_inconclusive()
    {
        Judge(MadeClip.Of([])).ShouldBeInconclusive("no samples");
        Judge(Voices.Clip("u01-inf-some")).ShouldBeInconclusive("NaN or infinite");
    }

    private static Judgement Judge(AudioClip clip) => Voices.Judge(new AudioMustNotBeOffset(), new AudioMustNotBeOffset.Options(), clip);
}
