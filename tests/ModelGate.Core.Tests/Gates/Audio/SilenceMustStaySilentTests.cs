using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class SilenceMustStaySilentTests
{
    [Theory]
    [InlineData("u01-griffinlim-100", "u01-original")]
    [InlineData("u10-noise-vocoded-mel", "u10-original")]
    [InlineData("u06-dropouts", "u06-original")]
    public void Quiet_pauses_pass(string output, string reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u10-buzz-in-pauses", "u10-original")]
    [InlineData("u01-hum-50", "u01-original")]
    [InlineData("u10-stuck", "u10-original")]
    public void A_sound_in_the_pauses_fails(string output, string reference) => Judge(output, reference).ShouldFail("quieter than where it speaks");

    [Fact]
    public void Without_a_pause_or_an_output_it_is_inconclusive()
    {
        Voices.Judge(new SilenceMustStaySilent(), new SilenceMustStaySilent.Options(), MadeClip.Of(MadeClip.Saw(120, 48_000)), MadeClip.Of(MadeClip.Saw(120, 48_000))).ShouldBeInconclusive("no pause");
        Voices.Judge(new SilenceMustStaySilent(), new SilenceMustStaySilent.Options(), Voices.Silence, MadeClip.Of([.. MadeClip.Silence(24_000), .. MadeClip.Saw(120, 24_000)])).ShouldBeInconclusive("silent");
        Judge("u01-inf-some", "u01-original").ShouldBeInconclusive("NaN or infinite");
    }

    private static Judgement Judge(string output, string reference) => Voices.Judge(new SilenceMustStaySilent(), new SilenceMustStaySilent.Options(), output, reference);
}
