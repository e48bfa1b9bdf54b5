using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class ZeroCrossingsMustMatchReferenceTests
{
    [Theory]
    [InlineData("u01-griffinlim-100", "u01-original")]
    [InlineData("u01-octave-up", "u01-original")]
    [InlineData("u06-resampled", "u06-original")]
    [InlineData("u10-quiet", "u10-original")]
    public void A_good_resynthesis_passes(string output, string reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u01-hum-50", "u01-original", "hum")]
    [InlineData("u01-muffled-1k5", "u01-original", "muffled")]
    [InlineData("converted_noise", "reference", "noise or hiss")]
    public void What_crosses_zero_far_more_or_less_often_fails(string output, string reference, string saying) => Judge(output, reference).ShouldFail(saying);

    [Fact]
    public void A_transposition_widens_the_limit_in_its_direction()
    {
        var (low, high) = (MadeClip.Of(MadeClip.Saw(120, 48_000)), MadeClip.Of(MadeClip.Saw(480, 48_000)));

        Voices.Judge(new ZeroCrossingsMustMatchReference(), new ZeroCrossingsMustMatchReference.Options(), high, low).ShouldFail("times a second");
        Voices.Judge(new ZeroCrossingsMustMatchReference(), new ZeroCrossingsMustMatchReference.Options { PitchShift = 24 }, high, low).ShouldPass();
        Voices.Judge(new ZeroCrossingsMustMatchReference(), new ZeroCrossingsMustMatchReference.Options { PitchShift = 24 }, low, high).ShouldFail("times a second");
    }

    [Fact]
    public void Silence_and_NaN_are_inconclusive()
    {
        Voices.Judge(new ZeroCrossingsMustMatchReference(), new ZeroCrossingsMustMatchReference.Options(), Voices.Silence, Voices.Clip("u01-original")).ShouldBeInconclusive("silent");
        Judge("u01-inf-some", "u01-original").ShouldBeInconclusive("NaN or infinite");
    }

    private static Judgement Judge(string output, string reference) => Voices.Judge(new ZeroCrossingsMustMatchReference(), new ZeroCrossingsMustMatchReference.Options(), output, reference);
}
