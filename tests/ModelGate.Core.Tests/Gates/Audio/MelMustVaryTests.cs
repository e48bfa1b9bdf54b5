using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class MelMustVaryTests
{
    [Theory]
    [InlineData("u01-original")]
    [InlineData("u12-whisper")]
    [InlineData("u06-8-bit")]
    [InlineData("hifigan-900")]
    [InlineData("reference")]
    public void Speech_passes(string output) => Judge(output).ShouldPass();

    [Theory]
    [InlineData("u01-hum-50")]
    [InlineData("u01-speech-shaped-noise")]
    [InlineData("u10-beep")]
    [InlineData("u10-stuck")]
    [InlineData("converted_noise")]
    public void What_stands_still_fails(string output) => Judge(output).ShouldFail("hardly varies");

    [Fact]
    public void Silence_and_NaN_are_inconclusive()
    {
        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), Voices.Silence).ShouldBeInconclusive("silent");
        Judge("u01-inf-some").ShouldBeInconclusive("NaN or infinite");
        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), MadeClip.Of(MadeClip.Saw(120, 2000))).ShouldBeInconclusive("2000 samples");
    }

    private static Judgement Judge(string output) => Voices.Judge(new MelMustVary(), new MelMustVary.Options(), output);
}
