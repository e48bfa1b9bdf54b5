using ModelGate.Gates;
using ModelGate.Gates.Audio;

namespace ModelGate.Tests.Gates.Audio;

public class VoiceMustBePeriodicTests
{
    [Theory]
    [InlineData("u01-original", null)]
    [InlineData("u06-8-bit", null)]
    [InlineData("u01-griffinlim-100", "u01-original")]
    public void A_voice_passes(string output, string? reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u01-speech-shaped-noise", null, "it is noise, or a whisper")]
    [InlineData("converted_noise", null, "it is noise, or a whisper")]
    [InlineData("u12-whisper", null, "it is noise, or a whisper")]
    [InlineData("u10-noise-vocoded-mel", "u10-original", "noise")]
    public void What_is_not_periodic_fails(string output, string? reference, string saying) => Judge(output, reference).ShouldFail(saying);

    [Fact]
    public void Beside_a_whisper_nothing_can_be_lost() => Voices.Judge(new VoiceMustBePeriodic(), new VoiceMustBePeriodic.Options { Share = 0 }, "u12-whisper", "u12-whisper").ShouldPass();

    [Fact]
    public void A_reference_that_cannot_be_measured_is_inconclusive() => Judge("u01-original", "u01-inf-some").ShouldBeInconclusive("cannot be used");

    [Fact]
    public void Silence_and_NaN_are_inconclusive()
    {
        Voices.Judge(new VoiceMustBePeriodic(), new VoiceMustBePeriodic.Options(), Voices.Silence).ShouldBeInconclusive("silent");
        Judge("u01-inf-some", null).ShouldBeInconclusive("NaN or infinite");
    }

    private static Judgement Judge(string output, string? reference) => Voices.Judge(new VoiceMustBePeriodic(), new VoiceMustBePeriodic.Options(), output, reference);
}
